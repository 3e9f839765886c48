using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using SmartClients.Chat;

namespace SmartClients.Benchmarks.Chat;

/// <summary>How a room is read and written at one kind of server.</summary>
abstract class ChatProtocol : IDisposable
{
    public static ChatProtocol Of(string variant) => variant == "signalr" ? new SignalRProtocol() : new SmartChatProtocol();

    public abstract string Path { get; }

    /// <summary>What a reader says first.</summary>
    public abstract string Hello { get; }

    /// <summary>Writes a line.</summary>
    public abstract Task WriteAsync(string text);

    public abstract Task OpenAsync(int port);

    public abstract void Dispose();
}

/// <summary>Ours: a post for each line.</summary>
sealed class SmartChatProtocol : ChatProtocol
{
    // As many as write at once: each waits for its acknowledgement before it goes on.
    const int Writers = 16;

    readonly (SenderKey Key, SemaphoreSlim Gate)[] writers = [.. Enumerable.Range(0, Writers).Select(_ => (SenderKey.Create(), new SemaphoreSlim(1)))];
    readonly long[] sequences = new long[Writers];
    HttpClient client = null!;
    int turn;

    public override string Path => "/v1/rooms/arena/socket";

    public override string Hello => """{"history":0}""";

    public override Task OpenAsync(int port)
    {
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        return Task.CompletedTask;
    }

    public override async Task WriteAsync(string text)
    {
        var writer = (Interlocked.Increment(ref turn) & int.MaxValue) % Writers;
        await writers[writer].Gate.WaitAsync();
        try
        {
            await PostAsync(writers[writer].Key, ++sequences[writer], text);
        }
        finally
        {
            writers[writer].Gate.Release();
        }
    }

    async Task PostAsync(SenderKey key, long sequence, string text)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { secret = key.Secret, sequence, name = "bench", text });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/rooms/arena/messages") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", "id" + sequence.ToString(CultureInfo.InvariantCulture));
        using var response = await client.SendAsync(request);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    public override void Dispose()
    {
        client?.Dispose();
        foreach (var (_, gate) in writers) gate.Dispose();
    }
}

/// <summary>A hub that sends each line to all, in its JSON protocol.</summary>
sealed class SignalRProtocol : ChatProtocol
{
    LightSocket writer = null!;

    public override string Path => "/hub";

    public override string Hello => "{\"protocol\":\"json\",\"version\":1}\u001e";

    public override async Task OpenAsync(int port)
    {
        writer = await LightSocket.OpenAsync(port, Path, 0);
        await writer.SendAsync(Hello);
        _ = DrainAsync();
    }

    public override Task WriteAsync(string text) => writer.SendAsync($$"""{"type":1,"target":"Send","arguments":["{{text}}"]}""" + "\u001e");

    public override void Dispose() => writer?.Dispose();

    async Task DrainAsync()
    {
        while (await writer.ReceiveAsync() is not null) ;
    }
}
