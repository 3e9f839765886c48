using System.Globalization;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Web.Tests;

/// <summary>Chat servers that know each other, a process each, with the published page.</summary>
internal sealed class ChatGroup : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Dictionary<int, RunningProcess> servers = [];
    readonly List<string> publishing = [];
    RunningProcess? directory;

    public IReadOnlyList<int> Ports { get; private init; } = [];

    /// <summary>A file with what the servers share; rooms that begin with <c>team-</c> need a token made with it.</summary>
    string Secret => folder.Write("group.secret", "a secret of the tests\n");

    static string Smart { get; } = SmartProgram.Path;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string Repository { get; } = Find();

    /// <summary>Where the page was published to.</summary>
    public static string Page { get; } = Path.Combine(Repository, "artifacts/publish/SmartClients.Chat.Web/release/wwwroot");

    /// <summary>Where pictures of it go; those in docs/images are copies.</summary>
    public static string Images { get; } = Directory.CreateDirectory(Path.Combine(Repository, "artifacts/images")).FullName;

    /// <summary>Some servers, ready.</summary>
    /// <param name="size">So many.</param>
    /// <param name="published">Whether pages find them by a certificate that a directory has, and not by asking one of them.</param>
    public static async Task<ChatGroup> StartAsync(int size, bool published = false)
    {
        Assert.True(File.Exists(Path.Combine(Page, "index.html")), "The page is not there: dotnet publish apps/Chat.Web -c Release");
        var group = new ChatGroup { Ports = [.. Enumerable.Range(0, size).Select(_ => FreePort.Find())] };
        if (published) await group.PublishAsync();
        foreach (var port in group.Ports) group.servers[port] = group.Start(port);
        foreach (var server in group.servers.Values) await server.LineAsync("listening on", Cancel);
        return group;
    }

    async Task PublishAsync()
    {
        var (key, at) = (Path.Combine(folder.Path, "chat.key"), At(FreePort.Find()));
        await using var making = RunningProcess.Start(Smart, "key", "new", "--out", key);
        Assert.Equal(0, await making.ExitAsync(Cancel));
        directory = RunningProcess.Start(Smart, "directory", "--listen", at, "--data", Path.Combine(folder.Path, "directory"));
        await directory.LineAsync("listening on", Cancel);
        publishing.AddRange(["--publish", "now-chat", "--key", key, "--directory", "http://" + at]);
    }

    RunningProcess Start(int port)
    {
        var arguments = new List<string> { "chat-server", "--listen", At(port), "--data", Path.Combine(folder.Path, port.ToString(CultureInfo.InvariantCulture)), "--page", Page, "--secret", Secret, "--private", "team-" };
        foreach (var other in Ports.Where(other => other != port)) arguments.AddRange(["--peer", "http://" + At(other)]);
        return RunningProcess.Start(Smart, [.. arguments, .. publishing]);
    }

    public static string At(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>What opens a room.</summary>
    public async Task<string> TokenAsync(string room)
    {
        await using var making = RunningProcess.Start(Smart, "chat-token", room, "--secret", Secret);
        Assert.Equal(0, await making.ExitAsync(Cancel));
        return making.Output.Trim();
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync(string address) => servers.Single(server => At(server.Key) == address).Value.SignalAsync("KILL", Cancel);

    /// <summary>SIGKILL for the directory.</summary>
    public Task KillDirectoryAsync() => directory!.SignalAsync("KILL", Cancel);

    static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "SmartClients.slnx"))) at = at.Parent!;
        return at.FullName;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers.Values) await server.DisposeAsync();
        if (directory is not null) await directory.DisposeAsync();
        folder.Dispose();
    }
}
