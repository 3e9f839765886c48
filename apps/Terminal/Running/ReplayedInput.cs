using System.Buffers;

namespace SmartClients.Terminals.Running;

/// <summary>Standard input for a command that may be begun more than once: what was read is kept, up to a limit.</summary>
internal sealed class ReplayedInput(Stream source)
{
    /// <summary>A megabyte.</summary>
    public const int Most = 1 << 20;

    readonly byte[] chunk = new byte[64 << 10];
    readonly ArrayBufferWriter<byte> kept = new();
    Task<int>? reading;
    long read;

    /// <summary>Whether it can be given from its beginning.</summary>
    public bool CanBegin => read <= Most;

    /// <summary>The next piece after a position; empty at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(long position, CancellationToken cancel)
    {
        if (position < read) return kept.WrittenMemory[(int)position..];
        // A piece that somebody waited for and gave up is the next one's.
        reading ??= source.ReadAsync(chunk, CancellationToken.None).AsTask();
        int count;
        try
        {
            count = await reading.WaitAsync(cancel);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PassingException($"The command's input cannot be read here: {error.Message}", error);
        }
        reading = null;
        read += count;
        if (read <= Most) kept.Write(chunk.AsSpan(0, count));
        return chunk.AsMemory(0, count);
    }
}
