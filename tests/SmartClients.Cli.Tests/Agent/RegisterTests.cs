using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Agent;

/// <summary><c>smart agent --register</c> with a real etcd and a server that knows nothing of either.</summary>
public class RegisterTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static RunningProcess Start(Etcd etcd, Nginx nginx, params IEnumerable<string> more) =>
        Smart.Start(["agent", "--register", $"etcd:quotes@{etcd.Address}", "--address", nginx.Address, "--check", "100ms", .. more]);

    static string Key(Nginx nginx) => "smartclients/quotes/" + nginx.Address;

    [Fact]
    public async Task A_server_is_registered_while_it_takes_connections_and_taken_out_on_SIGTERM()
    {
        await using var etcd = await Etcd.StartAsync(Cancel);
        await using var nginx = await Nginx.StartAsync(Cancel);
        await using var agent = Start(etcd, nginx, "--zone", "b", "--weight", "2");
        Assert.Equal($$"""{"address":"{{nginx.Address}}","zone":"b","weight":2}""", await etcd.ThereAsync(Key(nginx), Cancel));

        await agent.SignalAsync("TERM", Cancel);
        var smart = await Smart.EndAsync(agent);

        Assert.Equal((0, ""), (smart.Exit, smart.Output));
        Assert.Equal(
            [$"{nginx.Address} is registered as etcd:quotes@{etcd.Address}", $"{nginx.Address} is registered no more"],
            smart.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Null(await etcd.GetAsync(Key(nginx), Cancel));
    }

    [Fact]
    public async Task A_server_that_dies_is_taken_out_by_its_agent()
    {
        await using var etcd = await Etcd.StartAsync(Cancel);
        await using var nginx = await Nginx.StartAsync(Cancel);
        await using var agent = Start(etcd, nginx, "--lease", "60m");
        await etcd.ThereAsync(Key(nginx), Cancel);

        await nginx.KillAsync(Cancel);

        await etcd.GoneAsync(Key(nginx), Cancel);
        Assert.False(agent.HasExited);
    }

    [Fact]
    public async Task An_agent_that_is_killed_leaves_no_more_than_the_rest_of_a_lease()
    {
        await using var etcd = await Etcd.StartAsync(Cancel);
        await using var nginx = await Nginx.StartAsync(Cancel);
        await using var agent = Start(etcd, nginx, "--lease", "2s");
        await etcd.ThereAsync(Key(nginx), Cancel);

        await agent.SignalAsync("KILL", Cancel);

        await etcd.GoneAsync(Key(nginx), Cancel);
    }

    [Fact]
    public async Task It_reports_the_load_and_registers_at_once_and_both_end_together()
    {
        const string Ready = "listening on ";
        await using var etcd = await Etcd.StartAsync(Cancel);
        await using var nginx = await Nginx.StartAsync(Cancel);
        await using var agent = Start(etcd, nginx, "--listen", "127.0.0.1:0");
        var address = (await agent.LineAsync(Ready, Cancel))[Ready.Length..].Trim();
        using var http = new HttpClient();
        Assert.Contains("cpu_utilization", await http.GetStringAsync(address + "/.well-known/load", Cancel), StringComparison.Ordinal);
        await etcd.ThereAsync(Key(nginx), Cancel);

        await agent.SignalAsync("TERM", Cancel);

        Assert.Equal(0, (await Smart.EndAsync(agent)).Exit);
        Assert.Null(await etcd.GetAsync(Key(nginx), Cancel));
    }

    [Theory]
    [InlineData("nothing to do: write --listen host:port")]
    [InlineData("--register and --address go together", "--register", "etcd:quotes@127.0.0.1")]
    [InlineData("'list:a:80' is no place to register", "--register", "list:a:80", "--address", "127.0.0.1:80")]
    [InlineData("'127.0.0.1' has no port", "--register", "etcd:quotes@127.0.0.1", "--address", "127.0.0.1")]
    [InlineData("0.0.0.0:80 is every address of this machine", "--register", "etcd:quotes@127.0.0.1", "--address", "0.0.0.0:80")]
    [InlineData("--lease '1s' is not a time from 2s to 3600s", "--register", "etcd:quotes@127.0.0.1", "--address", "127.0.0.1:80", "--lease", "1s")]
    public async Task Wrong_use_is_told_in_one_line(string expected, params string[] arguments)
    {
        var smart = await Smart.RunAsync(["agent", .. arguments]);

        Assert.Contains(expected, smart.Problem, StringComparison.Ordinal);
        Assert.Equal(2, smart.Exit);
    }
}
