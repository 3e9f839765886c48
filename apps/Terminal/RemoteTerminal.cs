using SmartClients.Terminals.Loads;
using SmartClients.Terminals.Local;
using SmartClients.Terminals.Sessions;
using SmartClients.Terminals.Ssh;
using SmartClients.Terminals.Telnet;

namespace SmartClients.Terminals;

/// <summary>A terminal on the best machine of a director, which comes back when that machine dies.</summary>
/// <param name="director">It picks the machines; its options are best <see cref="TerminalOptions.ForTerminals"/>.</param>
/// <param name="loads">How it learns their load.</param>
/// <param name="settings">How the terminal behaves.</param>
/// <param name="time">The clock.</param>
public sealed class RemoteTerminal(Director director, LoadOptions loads, SessionSettings settings, TimeProvider time)
{
    /// <summary>Whether this program has a terminal that can be given to a machine.</summary>
    public static bool IsPossible => UserTerminal.IsThere;

    /// <summary>By the system's ssh.</summary>
    /// <returns>The exit code of the user's shell; 130 when the user left.</returns>
    /// <exception cref="HostKeyException">A machine's host key is not the known one.</exception>
    /// <exception cref="ServiceUnavailableException">No machine took the user.</exception>
    public async Task<int> SshAsync(SshOptions ssh, CancellationToken cancel)
    {
        var fit = await SshProgram.FitAsync(ssh, cancel);
        var targets = new SshTargets(fit, time);
        using var http = Plain();
        var survey = new LoadSurvey(director, loads.Readers(http, fit, targets), time);
        return await new Session(director, survey, new SshProtocol(fit, targets), settings, time).RunAsync(cancel);
    }

    /// <summary>By telnet, where whoever is in between can read and change everything.</summary>
    /// <inheritdoc cref="SshAsync"/>
    public async Task<int> TelnetAsync(TelnetSettings telnet, CancellationToken cancel)
    {
        using var http = Plain();
        var survey = new LoadSurvey(director, loads.Readers(http, ssh: null, targets: null), time);
        return await new Session(director, survey, new TelnetProtocol(telnet, time), settings, time).RunAsync(cancel);
    }

    internal static HttpMessageInvoker Plain() => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2) });
}
