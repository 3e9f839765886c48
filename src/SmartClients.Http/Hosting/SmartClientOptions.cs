using SmartClients.Naming;
using SmartClients.Picking;

namespace SmartClients.Http.Hosting;

/// <summary>
/// A service as a program configures it, in code or under <c>SmartClients:NAME</c>; reloaded when the configuration changes, without
/// losing what was learnt. What is not here is in <see cref="Director"/>.
/// </summary>
public sealed class SmartClientOptions
{
    /// <summary>Where the members are learnt: <c>service://quotes</c>, <c>list:a:80,b:80</c>, <c>https://host/members.json</c>, or any other
    /// form that <see cref="SmartClientNamesOptions"/> knows.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="Members"/> are given.</value>
    public string? Name { get; set; }

    /// <summary>The directories that know a <c>service://</c> name: <c>http://a:8600,http://b:8600</c>.</summary>
    /// <value>The default is <see langword="null"/>: those of <see cref="SmartClientNamesOptions"/>.</value>
    public string? Directories { get; set; }

    /// <summary>Whether members, and what was learnt of them, are kept on disk for the next start.</summary>
    /// <value>The default is <see langword="null"/>: they are where the name leads to a certificate.</value>
    public bool? KeepState { get; set; }

    /// <summary>The members, as <c>host:port</c> or <c>host:port*weight</c>, where no <see cref="Name"/> is given. Code that adds some
    /// adds to those of the configuration, and takes the place of a <see cref="Name"/> there.</summary>
    public IList<string> Members { get; init; } = [];

    /// <summary>The picking policy.</summary>
    /// <value>The default is <see langword="null"/>: what the service's certificate wishes, else <see cref="Policies.Default"/>.</value>
    public string? Policy { get; set; }

    /// <summary>See <see cref="DirectorOptions.Affinity"/>.</summary>
    /// <value>The default is <see langword="null"/>: what the service's certificate wishes, else <see langword="false"/>.</value>
    public bool? Affinity { get; set; }

    /// <summary>See <see cref="DirectorOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>See <see cref="DirectorOptions.AttemptTimeout"/>.</summary>
    public TimeSpan? AttemptTimeout { get; set; }

    /// <summary>See <see cref="DirectorOptions.MaxAttempts"/>.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>See <see cref="DirectorOptions.Hedge"/>.</summary>
    /// <value>The default is <see langword="null"/>: what the service's certificate wishes, else <see langword="true"/>.</value>
    public bool? Hedge { get; set; }

    /// <summary>See <see cref="DirectorOptions.MembersFromReplies"/>.</summary>
    public bool MembersFromReplies { get; set; }

    /// <summary>See <see cref="SmartHandlerOptions.Scheme"/>.</summary>
    /// <value>The default is <see langword="null"/>: what the service's certificate says, else <c>http</c>.</value>
    public string? Scheme { get; set; }

    /// <summary>See <see cref="SmartHandlerOptions.BufferUpTo"/>.</summary>
    public long? BufferUpTo { get; set; }

    /// <summary>See <see cref="SmartHandlerOptions.RepeatUnsafe"/>.</summary>
    public bool RepeatUnsafe { get; set; }

    /// <summary>See <see cref="SmartHandlerOptions.HostFromService"/>.</summary>
    public bool HostFromService { get; set; }

    /// <summary>How often each replica is asked for its load (see <see cref="Loads.HttpLoadExtensions.PollLoadOverHttp"/>), by this client's own handlers.</summary>
    /// <value>The default is <see langword="null"/>: never. 10 milliseconds to 1 hour.</value>
    public TimeSpan? PollLoad { get; set; }

    /// <summary>Whether each replica's load is listened to (see <see cref="Loads.HttpLoadExtensions.ListenForLoad"/>), by this client's own handlers.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ListenForLoad { get; set; }

    /// <summary>Whether the policy may ask replicas for their load just before it picks (see <see cref="Loads.HttpLoadExtensions.ProbeLoadOverHttp"/>),
    /// by this client's own handlers: for policies that probe, <c>adaptive</c> where a client has little in flight and <c>prequal</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ProbeLoad { get; set; }

    /// <summary>See <see cref="DirectorOptions.Zone"/>.</summary>
    public string? Zone { get; set; }

    /// <summary>A path that each replica is asked for every <see cref="DirectorOptions.KeepAliveInterval"/>, by this client's own handlers:
    /// any reply under 500 shows that it lives, two lost in a row take it out.</summary>
    /// <value>The default is <see langword="null"/>: no keep-alives. It begins with a slash.</value>
    public string? KeepAlivePath { get; set; }

    /// <summary>Changes any other knob of the director.</summary>
    public Func<DirectorOptions, DirectorOptions>? Director { get; set; }

    /// <summary>What is wrong with the configuration, where it cannot be read at all.</summary>
    internal string? Trouble { get; set; }

    internal DirectorOptions ToDirectorOptions(Advice? advice)
    {
        var given = new DirectorOptions { MembersFromReplies = MembersFromReplies }.Following(advice);
        given = given with { Policy = Policy ?? given.Policy, Affinity = Affinity ?? given.Affinity, Hedge = Hedge ?? given.Hedge, Zone = Zone };
        if (Timeout is { } timeout) given = given with { Timeout = timeout };
        if (AttemptTimeout is { } attempt) given = given with { AttemptTimeout = attempt };
        if (MaxAttempts is { } attempts) given = given with { MaxAttempts = attempts };
        return (Director?.Invoke(given) ?? given).Within(advice);
    }

    internal string SchemeBy(Advice? advice) => Scheme ?? (advice?.Scheme is "https" ? "https" : "http");

    internal SmartHandlerOptions ToHandlerOptions(Advice? advice)
    {
        var given = new SmartHandlerOptions { Scheme = SchemeBy(advice), RepeatUnsafe = RepeatUnsafe, HostFromService = HostFromService };
        return BufferUpTo is { } most ? given with { BufferUpTo = most } : given;
    }
}
