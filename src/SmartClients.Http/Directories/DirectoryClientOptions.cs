namespace SmartClients.Http.Directories;

/// <summary>How directories are asked. Immutable.</summary>
public sealed record DirectoryClientOptions
{
    /// <summary>How long all of a question may take.</summary>
    /// <value>The default is 15 seconds. Above zero.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one directory may take for the whole of its answer. Where there is another to ask, that is asked much
    /// sooner, beside it.</summary>
    /// <value>The default is 10 seconds. Above zero.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Once one directory has given a certificate of the name, how much longer another's is waited for; at least as long again as
    /// the first one took. One that lies answers fast: what is waited for here is the truth. A frozen directory costs no more than that, and
    /// only where nothing is cached.</summary>
    /// <value>The default is 2 seconds. Zero to <see cref="AttemptTimeout"/>.</value>
    public TimeSpan SecondOpinion { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The clock.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Who sends. It must not follow redirections: a directory has no say in what else is asked.</summary>
    /// <value>The default is <see langword="null"/>: a handler of its own, which connects within 5 s or not at all.</value>
    public HttpMessageHandler? Handler { get; init; }

    internal DirectorOptions ToDirectorOptions()
    {
        if (SecondOpinion < TimeSpan.Zero || SecondOpinion > AttemptTimeout)
            throw new ArgumentException($"SecondOpinion is {SecondOpinion}: it must be from zero to AttemptTimeout, {AttemptTimeout}.");
        // There are few requests, so a directory that does not answer is found out by few.
        return new DirectorOptions { Timeout = Timeout, AttemptTimeout = AttemptTimeout, Time = Time, FirstMembers = Timeout, FailuresToEject = 2 };
    }
}
