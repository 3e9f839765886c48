using System.Text.Json;
using SmartClients.Chat.Wire;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Sending;

namespace SmartClients.Chat.Reading;

/// <summary>A room as one server tells it, from the hello on. Disposed of in any case; its attempt is in flight until then.</summary>
internal abstract class RoomStream : IAsyncDisposable
{
    /// <summary>The most bytes of one frame.</summary>
    public const int MostFrame = 4 << 20;

    Attempt? attempt;

    /// <summary>Who tells it.</summary>
    public required Endpoint Server { get; init; }

    /// <summary>The first frame.</summary>
    public Hello Hello { get; private set; } = null!;

    /// <summary>The next frame; <see langword="null"/> at the end.</summary>
    /// <exception cref="IOException">Or another: it has broken.</exception>
    public async ValueTask<Frame?> NextAsync(CancellationToken cancel)
    {
        var line = await LineAsync(cancel).ConfigureAwait(false);
        if (line is not { } json) return null;
        try
        {
            return JsonSerializer.Deserialize(json.Span, ChatJson.Default.Frame) ?? throw new InvalidDataException("it sent an empty frame");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("it sent a frame that cannot be read: " + error.Message, error);
        }
    }

    /// <summary>Reads the hello, and stays in flight from here on.</summary>
    public async ValueTask BeginAsync(Attempt attempt, CancellationToken cancel)
    {
        var first = await NextAsync(cancel).ConfigureAwait(false);
        if (first?.Bye is { } bye) throw bye.Final ? new JoinRefusedException(bye.Reason) : new RequestException(bye.Reason, Delivery.Rejected);
        if (first?.Hello is not { Have: not null, Beat: > 0 and <= 60_000 } hello) throw new InvalidDataException("it did not say hello");
        Hello = hello;
        attempt.KeepOpen();
        this.attempt = attempt;
    }

    /// <summary>It has broken: the director is told.</summary>
    public void Failed(string reason, Exception error) => attempt?.End(Outcome.Failure(Delivery.MayHaveExecuted, reason, error));

    /// <summary>One line as it came, valid until the next call; <see langword="null"/> at the end.</summary>
    protected abstract ValueTask<ReadOnlyMemory<byte>?> LineAsync(CancellationToken cancel);

    /// <summary>Ends it.</summary>
    protected abstract ValueTask CloseAsync();

    public async ValueTask DisposeAsync()
    {
        attempt?.End(Outcome.Success);
        await CloseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }
}
