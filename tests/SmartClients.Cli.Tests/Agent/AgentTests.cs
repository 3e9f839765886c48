using System.Net.Sockets;
using SmartClients.Learning.Orca;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Agent;

public class AgentTests
{
    const string Ready = "listening on ";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_the_hosts_load_and_stops_cleanly_on_SIGTERM()
    {
        await using var agent = Smart.Start("agent", "--listen", "127.0.0.1:0", "--interval", "100ms");
        var address = (await agent.LineAsync(Ready, Cancel))[Ready.Length..].Trim();
        using var http = new HttpClient();

        var text = await http.GetStringAsync(address + Wire.LoadPath, Cancel);

        var json = System.Text.Json.JsonDocument.Parse(text).RootElement;
        Assert.True(json.GetProperty("cpu_utilization").GetDouble() >= 0);
        Assert.InRange(json.GetProperty("mem_utilization").GetDouble(), 0.001, 1);
        Assert.True(json.GetProperty("named_metrics").GetProperty("requests_in_flight").GetDouble() >= 0);
        await agent.SignalAsync("TERM", Cancel);
        var smart = await Smart.EndAsync(agent);
        Assert.Equal((0, Ready + address + "\n", ""), (smart.Exit, smart.Output, smart.Errors));
    }

    [Fact]
    public async Task It_counts_the_connections_to_servers_that_know_nothing_of_it_and_pushes_the_change()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        await using var agent = Smart.Start("agent", "--listen", "127.0.0.1:0", "--interval", "100ms");
        var address = (await agent.LineAsync(Ready, Cancel))[Ready.Length..].Trim();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address + Wire.LoadPath);
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));

        const int Sessions = 200;
        var before = await ConnectionsAsync(events);
        var clients = Enumerable.Range(0, Sessions).Select(_ => new TcpClient("127.0.0.1", nginx.Port)).ToList();
        // Others may come and go on this host meanwhile, but not as many.
        while (await ConnectionsAsync(events) < before + Sessions * 3 / 4) Cancel.ThrowIfCancellationRequested();
        clients.ForEach(client => client.Dispose());
        while (await ConnectionsAsync(events) > before + Sessions / 4) Cancel.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);

        var smart = await Smart.RunAsync("agent", "--listen", nginx.Address);

        Assert.Contains($"Cannot listen on {nginx.Address}", smart.Problem, StringComparison.Ordinal);
        Assert.Equal(1, smart.Exit);
    }

    static async Task<double> ConnectionsAsync(StreamReader events)
    {
        const string Data = "data: ";
        while (await events.ReadLineAsync(Cancel) is { } line)
            if (line.StartsWith(Data, StringComparison.Ordinal))
                return System.Text.Json.JsonDocument.Parse(line[Data.Length..]).RootElement.GetProperty("named_metrics").GetProperty("requests_in_flight").GetDouble();
        throw new EndOfStreamException("The agent says no more.");
    }
}
