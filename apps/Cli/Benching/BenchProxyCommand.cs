using System.CommandLine;
using System.Globalization;
using SmartClients.Bench.Proxies;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Benching;

/// <summary>The hidden command under which a bench starts proxies.</summary>
internal sealed class BenchProxyCommand : Command
{
    public BenchProxyCommand(TimeProvider time) : base("bench-proxy", "A proxy of a bench.")
    {
        Hidden = true;
        var name = new Argument<string>("name");
        var ports = new Option<string>("--ports") { Required = true };
        var limit = new Option<double>("--timeout-ms") { Required = true };
        var (retries, checks) = (new Option<bool>("--retries"), new Option<bool>("--checks"));
        Add(name);
        foreach (var option in (Option[])[ports, limit, retries, checks]) Add(option);
        SetAction(async (parsed, _) =>
        {
            int[] replicas = [.. parsed.GetValue(ports)!.Split(',').Select(port => int.Parse(port, CultureInfo.InvariantCulture))];
            var settings = new ProxySettings(replicas, parsed.GetValue(limit), parsed.GetValue(retries), parsed.GetValue(checks));
            await ProxyHost.RunAsync(parsed.GetValue(name)!, settings, Console.In, Console.Out, time);
            return ExitCode.Done;
        });
    }
}
