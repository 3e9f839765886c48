using System.Collections.Immutable;

namespace SmartClients.Directories;

/// <summary>Every knob of a directory server. Immutable; <see cref="Validate"/> checks them.</summary>
public sealed record DirectoryOptions
{
    /// <summary>The folder of the store; made where it is missing.</summary>
    public required string Data { get; init; }

    /// <summary>Other directories whose publications are taken over: http or https, without a path.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<Uri> Peers { get; init; } = [];

    /// <summary>Between two questions to a peer, give or take a quarter. The first one follows at once; a peer that does not answer is
    /// asked less and less often, down to once in 5 minutes.</summary>
    /// <value>The default is 10 seconds. 10 milliseconds to an hour.</value>
    public TimeSpan PullInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a publication's body may take to come, and a peer's answer.</summary>
    /// <value>The default is 10 seconds. Above zero, to 10 minutes.</value>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Publications that one address may make in a second, over a while; ten times as many at once.</summary>
    /// <value>The default is 50. 1 to 100,000.</value>
    public int PublicationsPerSecond { get; init; } = 50;

    /// <summary>Questions answered at once, and a quarter as many publications beside them; as many more wait their turn, and what comes
    /// beyond is told to come again.</summary>
    /// <value>The default is 64. 1 to 10,000.</value>
    public int MostAtOnce { get; init; } = 64;

    /// <summary>The most names that the directory takes, so that nobody fills its disk with them.</summary>
    /// <value>The default is 1,000,000. At least 1.</value>
    public long MostServices { get; init; } = 1_000_000;

    /// <summary>The folder of a client's web page that is served at <c>/page/</c>, for services named in its address: <c>/page/?service=NAME</c>.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public string? Page { get; init; }

    /// <summary>The source of chance, for the times at which peers are asked; safe for concurrent use.</summary>
    /// <value>The default is the shared one of the platform.</value>
#pragma warning disable RS0030 // The one place where ambient chance enters.
    public Random Random { get; init; } = Random.Shared;
#pragma warning restore RS0030

    /// <summary>Checks every value.</summary>
    /// <exception cref="FormatException">A value is wrong; the message names it, and what to write.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(Data)) throw new FormatException("The data folder is empty: name one.");
        foreach (var peer in Peers)
            if (!peer.IsAbsoluteUri || peer.Scheme is not ("http" or "https") || peer.PathAndQuery != "/" || peer.Fragment.Length > 0 || peer.UserInfo.Length > 0)
                throw new FormatException($"'{peer.OriginalString}' is not the address of a directory: write http://HOST:PORT");
        Between(PullInterval.TotalSeconds, 0.01, 3600, nameof(PullInterval));
        Between(BodyTimeout.TotalSeconds, 0.001, 600, nameof(BodyTimeout));
        Between(PublicationsPerSecond, 1, 100_000, nameof(PublicationsPerSecond));
        Between(MostAtOnce, 1, 10_000, nameof(MostAtOnce));
        Between(MostServices, 1, long.MaxValue, nameof(MostServices));
    }

    static void Between(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most)) throw new FormatException(FormattableString.Invariant($"{name} is {value}: it must be from {least} to {most}."));
    }
}
