using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SmartClients.Cli.Agent;
using SmartClients.Cli.Benching;
using SmartClients.Cli.Calling;
using SmartClients.Cli.Chat;
using SmartClients.Cli.Chatting;
using SmartClients.Cli.Directories;
using SmartClients.Cli.Experiments;
using SmartClients.Cli.Getting;
using SmartClients.Cli.Keys;
using SmartClients.Cli.Resolving;
using SmartClients.Cli.Simulating;
using SmartClients.Cli.Terminals;
using SmartClients.Http.Hosting;
using Xunit;

namespace SmartClients.Cli.Tests.Readme;

/// <summary>What README.md has people copy works as it stands there.</summary>
public sealed partial class ReadmeTests
{
    static readonly string Text = File.ReadAllText(Path.Combine(Root(), "README.md"));

    static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "SmartClients.slnx")))
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("The tests do not run below SmartClients.slnx.");
        return at;
    }

    static IEnumerable<string> Blocks(string language) => Fences().Matches(Text).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value);

    [GeneratedRegex("^```(\\w+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"^    \./smart (.+?)(?:\s+#.*)?$", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [Fact]
    public void Its_code_is_code_that_is_compiled()
    {
        var compiled = File.ReadLines(Path.Combine(Root(), "tests/SmartClients.Cli.Tests/Readme/Examples.cs")).Select(line => line.Trim()).ToList();
        var lines = Blocks("csharp").SelectMany(block => block.Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        Assert.NotEmpty(lines);
        Assert.Empty(lines.Except(compiled));
    }

    [Fact]
    public async Task Its_client_is_an_ordinary_one_with_the_services_address()
    {
        foreach (var add in new[] { Examples.FixedList, Examples.PublishedName })
        {
            var services = new ServiceCollection();
            add(services);
            await using var provider = services.BuildServiceProvider();
            Assert.NotNull(provider.GetRequiredService<Quotes>());
            Assert.Equal("service://quotes/", provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(Quotes)).BaseAddress!.OriginalString);
        }
    }

    [Fact]
    public async Task Its_action_is_carried_out() =>
        Assert.Matches("^ftp[123]:21$", await Examples.AnyProtocolAsync());

    [Fact]
    public async Task Its_server_starts_and_tells_its_load()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = Examples.HelpingServer(builder);
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        using var reply = await client.GetAsync(new Uri(app.Urls.First() + "/.well-known/load"), TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode);
        Assert.True(reply.Headers.Contains("endpoint-load-metrics"));
    }

    [Fact]
    public async Task Its_configuration_is_read()
    {
        var configuration = new ConfigurationBuilder();
        configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Assert.Single(Blocks("json")))));
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration.Build());
        services.AddHttpClient<Quotes>().AddSmartClient("quotes");
        await using var provider = services.BuildServiceProvider();
        var director = provider.GetRequiredService<SmartClientDirectors>().Get("quotes").Current;
        await director.ReadyAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["10.0.0.1:8080", "10.0.0.2:8080"], director.Members.Select(m => m.Endpoint.Address));
    }

    [Fact]
    public void Its_commands_are_understood()
    {
        var time = TimeProvider.System;
        var root = new RootCommand
        {
            new CallCommand(time), new ResolveCommand(time), new AgentCommand(time), new KeyCommand(), new CertificateCommand(time),
            new DirectoryCommand(time), new PublishCommand(time), new SearchCommand(time), new SimulateCommand(time), new BenchCommand(time), new SshCommand(time), new RunCommand(time), new GetCommand(time), new ExperimentCommand(time), new ChatServerCommand(time), new ChatCommand(time),
        };
        var commands = Commands().Matches(Text).Select(m => m.Groups[1].Value.Split('>', '<')[0].Trim()).Where(line => !line.StartsWith("COMMAND", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.Empty(root.Parse(command).Errors.Select(error => command + ": " + error.Message)));
    }
}
