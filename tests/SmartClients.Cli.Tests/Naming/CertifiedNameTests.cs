using System.Text.Json;
using SmartClients.Cli.Tests.Directories;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Naming;

/// <summary>Names that lead to a certificate, each call a process of its own. The certificate lies on one of the servers.</summary>
public sealed class CertifiedNameTests : IAsyncLifetime
{
    readonly TemporaryFolder cache = new();
    readonly SigningKey key = SigningKey.Create();
    Nginx first = null!;
    Nginx second = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string Name => $"http://{first.Address}/quotes.jws";

    string State => Path.Combine(cache.Path, "smartclients");

    public async ValueTask InitializeAsync()
    {
        (first, second) = (await Nginx.StartAsync(Cancel), await Nginx.StartAsync(Cancel));
        Publish(key, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
        cache.Dispose();
        key.Dispose();
    }

    void Publish(SigningKey with, long serial)
    {
        var now = TimeProvider.System.GetUtcNow();
        first.Put("quotes.jws", with.Sign(new ServiceCertificate
        {
            Name = "quotes",
            Serial = serial,
            Issued = now,
            Expires = now + TimeSpan.FromDays(1),
            Endpoints = [Endpoint.Parse(first.Address), Endpoint.Parse(second.Address)],
        }));
    }

    Task<Smart> RunAsync(params string[] arguments) => Smart.RunAsync(new Dictionary<string, string> { ["XDG_CACHE_HOME"] = cache.Path, ["SMART_DIRECTORIES"] = "" }, arguments);

    [Fact]
    public async Task The_second_process_needs_nobody_but_a_replica()
    {
        // A slow machine would have a second replica asked.
        Assert.Equal("hello\n", (await RunAsync("call", Name + "/hello.txt", "--no-hedge")).Output);
        var asked = first.Requests + second.Requests;
        await first.KillAsync(Cancel);
        for (var i = 0; i < 3; i++)
        {
            var smart = await RunAsync("call", Name + "/hello.txt");
            Assert.Equal((0, "hello\n"), (smart.Exit, smart.Output));
        }
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task The_document_of_resolve_says_which_certificate_it_was_and_how_old_everything_is()
    {
        var resolved = await RunAsync("resolve", Name + "@" + key.Thumbprint, "--json");
        var certificate = resolved.Json.GetProperty("certificate");
        Assert.Equal(1, certificate.GetProperty("serial").GetInt64());
        Assert.Equal(key.Thumbprint, certificate.GetProperty("key").GetString());
        Assert.True(certificate.GetProperty("expires").GetDateTimeOffset() > certificate.GetProperty("issued").GetDateTimeOffset());
        Assert.Equal(2, resolved.Json.GetProperty("members").GetArrayLength());
        Assert.True(resolved.Json.GetProperty("age_s").GetDouble() >= 0);

        Publish(key, 2);
        Assert.Equal(1, (await RunAsync("resolve", Name + "@" + key.Thumbprint, "--json")).Json.GetProperty("certificate").GetProperty("serial").GetInt64());
        Assert.Equal(2, (await RunAsync("resolve", Name + "@" + key.Thumbprint, "--json", "--refresh")).Json.GetProperty("certificate").GetProperty("serial").GetInt64());
    }

    [Fact]
    public async Task Another_key_is_refused_with_what_to_do()
    {
        await RunAsync("call", Name + "/hello.txt");
        using var other = SigningKey.Create();
        Publish(other, 2);
        var smart = await RunAsync("resolve", Name, "--refresh");
        Assert.NotEqual(0, smart.Exit);
        Assert.Contains("@KEY", smart.Errors, StringComparison.Ordinal);
        Assert.Contains(other.Thumbprint, smart.Errors, StringComparison.Ordinal);
        // What was known serves on.
        Assert.Equal("hello\n", (await RunAsync("call", Name + "/hello.txt")).Output);
    }

    [Fact]
    public async Task Without_state_nothing_is_left_behind()
    {
        Assert.Equal(0, (await RunAsync("call", Name + "/hello.txt", "--no-state")).Exit);
        Assert.False(Directory.Exists(State));
        Assert.Equal(0, (await RunAsync("call", $"list:{first.Address}/hello.txt")).Exit);
        Assert.False(Directory.Exists(State));
    }

    [Fact]
    public async Task Many_processes_at_once_leave_one_good_file()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RunAsync("call", Name + "/hello.txt", "--count", "20")));
        Assert.All(all, smart => Assert.Equal((0, ""), (smart.Exit, smart.Errors)));
        var file = Assert.Single(Directory.GetFiles(State, "*.json"));
        Assert.Empty(Directory.GetFiles(State, "*.damaged"));
        Assert.Empty(Directory.GetFiles(State, "*.tmp"));
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(file, Cancel));
        var state = document.RootElement.GetProperty("state");
        Assert.Equal(2, state.GetProperty("lessons").GetProperty("replicas").GetArrayLength());
        Assert.Equal(2, state.GetProperty("membership").GetProperty("members").GetArrayLength());
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_the_call_is_made()
    {
        await RunAsync("call", Name + "/hello.txt");
        var file = Assert.Single(Directory.GetFiles(State, "*.json"));
        await File.WriteAllTextAsync(file, "{\"version\":1,", Cancel);
        var smart = await RunAsync("call", Name + "/hello.txt");
        Assert.Equal("hello\n", smart.Output);
        Assert.Contains(".damaged", smart.Errors, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(State, "*.damaged"));
        Assert.Equal("", (await RunAsync("call", Name + "/hello.txt")).Errors);
    }

    [Fact]
    public async Task A_service_and_no_directory_is_one_line_with_the_remedy_and_wrong_use()
    {
        foreach (var command in (string[][])[["call", "service://nosuch/hello.txt"], ["call", "service://nosuch/hello.txt", "--count", "3"], ["resolve", "service://nosuch"]])
        {
            var smart = await RunAsync(command);
            Assert.Contains("No service is known as service://nosuch", smart.Problem, StringComparison.Ordinal);
            Assert.Contains("--directory", smart.Problem, StringComparison.Ordinal);
            Assert.Equal(2, smart.Exit);
        }
    }

    [Fact]
    public async Task A_name_that_directories_do_not_know_is_wrong_and_directories_that_do_not_answer_are_down()
    {
        await using var directory = await DirectoryProcess.StartAsync(Path.Combine(cache.Path, "data"));
        var down = $"http://127.0.0.1:{FreePort.Find()}";
        foreach (var command in (string[][])[["call", "service://nosuch/hello.txt"], ["resolve", "service://nosuch"]])
        {
            var unknown = await RunAsync([.. command, "--directory", directory.Address]);
            Assert.Contains("No service is known as service://nosuch", unknown.Problem, StringComparison.Ordinal);
            Assert.Equal(2, unknown.Exit);
            // One that answers is enough.
            Assert.Equal(2, (await RunAsync([.. command, "--directory", directory.Address, "--directory", down])).Exit);
            var silent = await RunAsync([.. command, "--directory", down]);
            Assert.Contains("No directory answered", silent.Problem, StringComparison.Ordinal);
            Assert.Equal(1, silent.Exit);
        }
    }
}
