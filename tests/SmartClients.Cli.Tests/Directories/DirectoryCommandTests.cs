using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Directories;

public sealed class DirectoryCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Publisher owner = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_where_it_listens_serves_and_stops_cleanly_on_SIGTERM()
    {
        await using var directory = await DirectoryProcess.StartAsync(Path.Combine(folder.Path, "new", "data"));
        Assert.Equal(201, await directory.PutAsync(owner.Sign("quotes")));
        Assert.Equal("ok", (await directory.JsonAsync("/healthz")).GetProperty("status").GetString());

        await directory.Process.SignalAsync("TERM", Cancel);

        var smart = await Smart.EndAsync(directory.Process);
        Assert.Equal((0, $"listening on {directory.Address}\n", ""), (smart.Exit, smart.Output, smart.Errors));
    }

    [Fact]
    public async Task A_name_that_two_keys_took_is_told_on_standard_error()
    {
        using var rival = new Publisher();
        await using var first = await DirectoryProcess.StartAsync(Path.Combine(folder.Path, "1"));
        await first.PutAsync(rival.Sign("quotes"));
        await using var second = await DirectoryProcess.StartAsync(Path.Combine(folder.Path, "2"));
        await second.PutAsync(owner.Sign("quotes"));
        await second.Process.SignalAsync("TERM", Cancel);
        await second.Process.ExitAsync(Cancel);

        await using var again = await DirectoryProcess.StartAsync(Path.Combine(folder.Path, "2"), 0, "--peer", first.Address);

        await Poll.UntilAsync(() => again.Process.Errors.Contains(rival.Key, StringComparison.Ordinal), Cancel);
        Assert.Single((await again.JsonAsync("/v1/conflicts")).GetProperty("conflicts").EnumerateArray());
    }

    [Fact]
    public async Task A_port_that_is_taken_and_a_folder_that_cannot_be_made_are_told()
    {
        await using var first = await DirectoryProcess.StartAsync(Path.Combine(folder.Path, "1"));
        var taken = await Smart.RunAsync("directory", "--listen", new Uri(first.Address).Authority, "--data", Path.Combine(folder.Path, "2"));
        Assert.Equal(1, taken.Exit);
        Assert.Contains("Cannot listen on " + new Uri(first.Address).Authority, taken.Problem, StringComparison.Ordinal);

        var unusable = await Smart.RunAsync("directory", "--listen", "127.0.0.1:0", "--data", folder.Write("file", "x"));
        Assert.Equal(1, unusable.Exit);
        Assert.Contains(Path.Combine(folder.Path, "file"), unusable.Problem, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        owner.Dispose();
        folder.Dispose();
    }
}
