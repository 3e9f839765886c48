using System.Buffers;
using System.Security.Cryptography;
using SmartClients.Transfer.Targets;

namespace SmartClients.Transfer.Engine;

/// <summary>Follows the part of the file that is complete from its beginning: hashes it, and hands it on where the file goes into a pipe.
/// What is left to do when the last piece comes is then little.</summary>
internal sealed class Pump(Target target, params IEnumerable<HashAlgorithmName> algorithms) : IDisposable
{
    const int BufferLength = 1 << 20;

    readonly IncrementalHash[] hashes = [.. algorithms.Distinct().Select(IncrementalHash.CreateHash)];

    /// <summary>How far it has come.</summary>
    public long Position { get; private set; }

    /// <summary>Goes on up to a position.</summary>
    public async Task AdvanceAsync(long to, CancellationToken cancel)
    {
        if (hashes.Length > 0) await Task.Run(() => Hash(to, cancel), cancel).ConfigureAwait(false);
        Position = to;
        await target.ReachedAsync(to, cancel).ConfigureAwait(false);
    }

    /// <summary>The hashes of everything so far.</summary>
    public IReadOnlyDictionary<HashAlgorithmName, byte[]> Hashes => hashes.ToDictionary(hash => hash.AlgorithmName, hash => hash.GetCurrentHash());

    /// <summary>Begins anew: what was hashed has changed.</summary>
    public void Restart()
    {
        Position = 0;
        foreach (var hash in hashes) hash.GetHashAndReset();
    }

    void Hash(long to, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (var at = Position; at < to; at += BufferLength)
            {
                cancel.ThrowIfCancellationRequested();
                var bytes = buffer.AsSpan(0, (int)Math.Min(BufferLength, to - at));
                target.Read(at, bytes);
                foreach (var hash in hashes) hash.AppendData(bytes);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose()
    {
        foreach (var hash in hashes) hash.Dispose();
    }
}
