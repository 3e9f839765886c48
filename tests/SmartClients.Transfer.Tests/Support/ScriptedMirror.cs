using System.Collections.Concurrent;
using SmartClients.Naming;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Tests.Support;

/// <summary>A mirror that does what a test has it do: it sends a file, wrong bytes, a page, nothing at all.</summary>
internal sealed class ScriptedMirror(string address, byte[] file)
{
    int opened;

    public Endpoint Endpoint { get; } = Endpoint.Parse(address);

    /// <summary>What it sends.</summary>
    public byte[] File { get; set; } = file;

    public FileFacts? Facts { get; set; }

    public string? Version { get; set; }

    public bool IgnoresParts { get; set; }

    /// <summary>Thrown at each opening and each look.</summary>
    public FileProblem? Problem { get; set; }

    /// <summary>Called before each read, with the position: it may wait, throw, change anything.</summary>
    public Func<long, CancellationToken, ValueTask> BeforeRead { get; set; } = static (_, _) => default;

    /// <summary>Called before it tells what it has: it may wait.</summary>
    public Func<CancellationToken, ValueTask> BeforeLook { get; set; } = static _ => default;

    /// <summary>The most bytes that one read gives.</summary>
    public int Chunk { get; set; } = 64 << 10;

    /// <summary>Whether the chunks are blocks of the protocol, and all there at once.</summary>
    public bool ComesInBlocks { get; set; }

    public bool SaysSize { get; set; } = true;

    /// <summary>The positions that it was opened at.</summary>
    public ConcurrentQueue<long> Offsets { get; } = new();

    public int Opened => Volatile.Read(ref opened);

    public FileFacts FactsNow => (Facts ?? new FileFacts()) with { Size = SaysSize ? File.Length : null, Version = Version ?? Facts?.Version };

    public async ValueTask<FileFacts> LookAsync(CancellationToken cancel)
    {
        await BeforeLook(cancel);
        return Problem is { } problem ? throw new FileException(problem, "as the test has it") : FactsNow;
    }

    public RemoteFile Open(FilePart part)
    {
        Interlocked.Increment(ref opened);
        Offsets.Enqueue(part.Offset);
        if (Problem is { } problem) throw new FileException(problem, "as the test has it");
        var facts = FactsNow;
        if (part.Version is { } version && facts.Version != version) throw new FileException(FileProblem.Changed, "the file has changed");
        if (!IgnoresParts && part.Offset >= File.Length && File.Length > 0) throw new FileException(FileProblem.BeyondEnd, "the file is shorter");
        var honoured = part.IsWhole || !IgnoresParts;
        var start = honoured ? part.Offset : 0;
        var end = honoured && part.Length is { } length ? Math.Min(File.Length, part.Offset + length) : File.Length;
        return new RemoteFile(facts, start, honoured, new ScriptedStream(this, start, end));
    }
}
