using SmartClients.Learning;
using SmartClients.Naming;
using SmartClients.Terminals.Ssh;

namespace SmartClients.Terminals.Loads;

/// <summary>For machines that run nothing of ours: one command by ssh.</summary>
internal sealed class SshLoads(SshOptions options) : LoadReader
{
    const string Command = "exec /bin/sh -c 'cat /proc/loadavg 2>/dev/null || LC_ALL=C uptime; nproc 2>/dev/null || getconf _NPROCESSORS_ONLN'";

    public override async Task<LoadReport?> ReadAsync(Endpoint endpoint, CancellationToken cancel)
    {
        var output = await ShortCommand.RunAsync("ssh", SshArguments.Run(endpoint, options with { Quiet = true }, "/dev/null", terminal: false, Command), cancel);
        return output is null ? null : LoadAverage.Read(output);
    }
}
