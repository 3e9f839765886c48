using SmartClients.Transfer.Checking;

namespace SmartClients.Transfer.Engine;

/// <summary>How a file is fetched.</summary>
public sealed record DownloadOptions
{
    /// <summary>How many pieces are fetched at the same time, each over a connection of its own, and not more than one from a mirror.</summary>
    /// <value>The default is 4. 1 to 64: one is the paper's way.</value>
    public int Parallel { get; init; } = 4;

    /// <summary>How long there may be no byte from anybody before the file is given up.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is known of the file beforehand.</summary>
    public Sums Sums { get; init; } = Sums.None;

    /// <summary>Whether the SHA-256 of the file is wanted, though nobody compares it.</summary>
    public bool TellHash { get; init; }

    /// <summary>Whether to go on with what an earlier call left.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Resume { get; init; } = true;

    /// <summary>Whether a path belongs to something that is yet to come there, as another file of the same tree: nothing is kept there on the
    /// way. Called with paths beside the file's.</summary>
    /// <value>The default is that none does.</value>
    public Func<string, bool> IsTaken { get; init; } = static _ => false;

    /// <summary>How many bytes may wait in memory, where the file goes into a pipe.</summary>
    /// <value>The default is 32 MiB.</value>
    public long Room { get; init; } = 32 << 20;

    /// <summary>Told of what is worth knowing, in one sentence each; called from any thread.</summary>
    public Action<string> Note { get; init; } = static _ => { };

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal bool HasStretches => Sums.Stretches is not null;
}
