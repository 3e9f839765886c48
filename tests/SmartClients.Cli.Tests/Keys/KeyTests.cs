using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Keys;

public class KeyTests
{
    [Fact]
    public async Task A_new_key_is_its_owner_s_alone_and_its_thumbprint_is_printed()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "quotes.pem");

        var smart = await Smart.RunAsync("key", "new", "--out", file);

        using var key = SigningKey.FromPem(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), file);
        Assert.Equal(new Smart(0, key.Thumbprint + "\n", ""), smart);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_key_tells_its_thumbprint_again()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "quotes.pem");
        var made = await Smart.RunAsync("key", "new", "--out", file);

        Assert.Equal(made, await Smart.RunAsync("key", "show", file));
        Assert.Contains("holds no private key", (await Smart.RunAsync("key", "show", folder.Write("none.pem", "nothing"))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_there_is_never_overwritten()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("quotes.pem", "my only key");

        var smart = await Smart.RunAsync("key", "new", "--out", file);

        Assert.Contains("is there already, and is not overwritten", smart.Problem, StringComparison.Ordinal);
        Assert.Equal((2, ""), (smart.Exit, smart.Output));
        Assert.Equal("my only key", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_file_the_key_comes_out_and_its_thumbprint_beside_it()
    {
        var smart = await Smart.RunAsync("key", "new");

        using var key = SigningKey.FromPem(smart.Output, "output");
        Assert.Equal((0, key.Thumbprint + "\n"), (smart.Exit, smart.Errors));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_nothing_is_left()
    {
        var smart = await Smart.RunAsync("key", "new", "--out", "/no/such/folder/quotes.pem");

        Assert.Contains("'/no/such/folder/quotes.pem' of --out cannot be written", smart.Problem, StringComparison.Ordinal);
        Assert.Equal((2, ""), (smart.Exit, smart.Output));
    }
}
