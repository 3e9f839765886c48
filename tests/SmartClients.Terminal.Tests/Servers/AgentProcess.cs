using System.Globalization;
using System.Text.Json;
using SmartClients.Testing;

namespace SmartClients.Terminals.Tests.Servers;

/// <summary>A <c>smart agent</c> on a machine of its own, as far as it can tell: in its mount namespace <c>/proc/loadavg</c> says what the test wrote.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    const string Ready = "listening on ";

    static readonly string Program = SmartProgram.Path;

    readonly TemporaryFolder folder = new();
    readonly RunningProcess process;
    readonly HttpClient http = new();
    string address = "";

    AgentProcess(double load)
    {
        var file = Write(load);
        process = RunningProcess.Start("unshare", "--map-root-user", "--mount", "sh", "-c",
            $"mount --bind {file} /proc/loadavg && exec {Program} agent --listen 127.0.0.1:0 --interval 100ms");
    }

    public int Port => new Uri(address).Port;

    public static async Task<AgentProcess> StartAsync(double load, CancellationToken cancel)
    {
        var agent = new AgentProcess(load);
        agent.address = (await agent.process.LineAsync(Ready, cancel))[Ready.Length..].Trim();
        return agent;
    }

    /// <summary>The machine is as loaded as this from now on, and the agent says so.</summary>
    public async Task BecomeAsync(double load, CancellationToken cancel)
    {
        Write(load);
        while (Math.Abs(await LoadAsync(cancel) - load) > 0.001) cancel.ThrowIfCancellationRequested();
    }

    async Task<double> LoadAsync(CancellationToken cancel)
    {
        using var report = JsonDocument.Parse(await http.GetStringAsync(address + "/.well-known/load", cancel));
        return report.RootElement.GetProperty("cpu_utilization").GetDouble();
    }

    string Write(double load) =>
        folder.Write("loadavg", string.Create(CultureInfo.InvariantCulture, $"{load * Environment.ProcessorCount:0.000} 0.00 0.00 1/100 1000\n"));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
        folder.Dispose();
    }
}
