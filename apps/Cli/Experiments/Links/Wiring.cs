namespace SmartClients.Cli.Experiments.Links;

/// <summary>One way to put servers behind links of a limited rate.</summary>
internal abstract class Wiring
{
    /// <summary>Starts a server behind a link of its own.</summary>
    /// <param name="number">Which of the group's: from 0 to <see cref="Mirrors.Most"/> - 1.</param>
    /// <param name="content">What it serves.</param>
    /// <param name="cancel">The caller gives up.</param>
    /// <exception cref="IOException">That cannot be had here; the message says why.</exception>
    public abstract Task<Mirror> AddAsync(int number, byte[] content, CancellationToken cancel);
}
