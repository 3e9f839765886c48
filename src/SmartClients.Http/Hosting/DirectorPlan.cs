using SmartClients.Http.Loads;
using SmartClients.Naming;

namespace SmartClients.Http.Hosting;

/// <summary>All that a director is made from. Equal plans are served by one director.</summary>
internal sealed record DirectorPlan(
    string Service, string Name, string? Directories, DirectorOptions Options, string Scheme, TimeSpan? PollLoad, bool ListenForLoad, bool ProbeLoad, string? KeepAlivePath)
{
    /// <summary>Where the members are learnt: what <see cref="Name"/> was opened to. One plan is as good as another that has opened it.</summary>
    public required OpenedName Opened { get; init; }

    /// <summary>The plan that the options of a client describe.</summary>
    /// <exception cref="FormatException">Or <see cref="ArgumentException"/>: a value is wrong; the message names it and the remedy.</exception>
    public static DirectorPlan Of(string service, SmartClientOptions options, SmartClientNames names)
    {
        if (options.Trouble is { } trouble) throw new FormatException(trouble);
        var name = options.Name is { Length: > 0 } given ? given
            : options.Members.Count > 0 ? "list:" + string.Join(',', options.Members)
            : throw new FormatException($"it has neither a Name nor Members: set SmartClients:{service}:Members, or give them to AddSmartClient");
        var source = names.Open(name, options.Directories);
        if (options.KeepAlivePath is { } path && !path.StartsWith('/'))
            throw new FormatException($"KeepAlivePath is '{path}': it must begin with a slash.");
        if (options.PollLoad is { } pause && (pause < TimeSpan.FromMilliseconds(10) || pause > TimeSpan.FromHours(1)))
            throw new FormatException($"PollLoad is {pause}: it must be from 10 milliseconds to 1 hour.");
        // Where nothing goes on beside the requests, the scheme is the handler's business only.
        var beside = options.PollLoad is not null || options.ListenForLoad || options.ProbeLoad || options.KeepAlivePath is not null;
        var director = options.ToDirectorOptions(source.Advice);
        if (options.KeepState ?? source.IsCertified) director = director with { State = director.State ?? names.State, StateName = director.StateName ?? ServiceName.Parse(name).ToString() };
        return new DirectorPlan(
            service, name, options.Directories, director, beside ? options.SchemeBy(source.Advice) : "http", options.PollLoad, options.ListenForLoad, options.ProbeLoad,
            options.KeepAlivePath)
        { Opened = new OpenedName(source) };
    }

    /// <summary>A director by this plan.</summary>
    /// <param name="last">Whom it takes over from.</param>
    /// <param name="plain">Reaches replicas without a director; for what goes on beside the requests.</param>
    /// <exception cref="FormatException">Or <see cref="ArgumentException"/>, as above.</exception>
    public Director Open(Director? last, HttpMessageInvoker plain)
    {
        var loads = new HttpLoadOptions { Scheme = Scheme, Interval = PollLoad ?? TimeSpan.FromSeconds(1) };
        loads.Validate();
        var director = new Director(Service, Opened.Source, Options);
        if (last is not null) director.Inherit(last);
        if (PollLoad is not null) director.PollLoadOverHttp(plain, loads);
        if (ListenForLoad) director.ListenForLoad(plain, loads);
        if (ProbeLoad) director.ProbeLoadOverHttp(plain, loads);
        if (KeepAlivePath is { } path) director.KeepAliveOverHttp(plain, path, Scheme);
        return director;
    }
}
