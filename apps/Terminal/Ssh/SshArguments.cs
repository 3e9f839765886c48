using System.Globalization;
using SmartClients.Naming;

namespace SmartClients.Terminals.Ssh;

/// <summary>The arguments of the system's <c>ssh</c>.</summary>
internal static class SshArguments
{
    /// <summary>OpenSSH's own: an address whose port is this one may have another in the user's configuration.</summary>
    const int UsualPort = 22;

    /// <summary>For a command on a machine.</summary>
    /// <param name="endpoint">The machine.</param>
    /// <param name="options">How it is reached.</param>
    /// <param name="log">Where ssh writes what it has to say itself.</param>
    /// <param name="terminal">Whether the command gets a terminal there.</param>
    /// <param name="command">What the user's shell there is given to run.</param>
    public static IReadOnlyList<string> Run(Endpoint endpoint, SshOptions options, string log, bool terminal, string command) =>
    [
        terminal ? "-tt" : "-T",
        // Before the user's own options, of which ssh takes the first.
        "-E", log,
        .. Options(("LogLevel", "ERROR"), ("ServerAliveInterval", Seconds(options.Alive)), ("ServerAliveCountMax", "2"), ("ConnectTimeout", Seconds(options.Connect))),
        // A shared connection has a life and a death of its own; and an escape is for us to see.
        .. Options(("ControlMaster", "no"), ("ControlPath", "none"), ("EscapeChar", terminal ? "~" : "none")),
        // What the configuration says for a terminal that the user opens himself would be instead of what is run here.
        .. Options(("RemoteCommand", "none")),
        .. options.IsOld ? [] : Options(("StdinNull", "no"), ("ForkAfterAuthentication", "no"), ("SessionType", "default")),
        .. options.Quiet ? Options(("BatchMode", "yes")) : [],
        .. Reach(endpoint, options),
        "--",
        endpoint.Host,
        command,
    ];

    /// <summary>For the configuration that holds for a machine.</summary>
    public static IReadOnlyList<string> Configuration(Endpoint endpoint, SshOptions options) => ["-G", .. Reach(endpoint, options), "--", endpoint.Host];

    static List<string> Reach(Endpoint endpoint, SshOptions options)
    {
        List<string> all = [];
        foreach (var more in options.More) all.AddRange(["-o", more]);
        if (options.Configuration is { } configuration) all.AddRange(["-F", configuration]);
        if (options.Jump is { } jump) all.AddRange(["-J", jump]);
        if (options.Identity is { } identity) all.AddRange(["-i", identity]);
        if (options.User is { } user) all.AddRange(["-l", user]);
        if (endpoint.Port != UsualPort) all.AddRange(["-p", endpoint.Port.ToString(CultureInfo.InvariantCulture)]);
        if (endpoint.Authority is { } authority) all.AddRange(["-o", "HostKeyAlias=" + authority]);
        return all;
    }

    static string[] Options(params (string Name, string Value)[] options) => [.. options.SelectMany(option => (string[])["-o", $"{option.Name}={option.Value}"])];

    static string Seconds(TimeSpan time) => Math.Max(1, Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
