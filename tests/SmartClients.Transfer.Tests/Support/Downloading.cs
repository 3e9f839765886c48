using SmartClients.Naming;
using SmartClients.Testing;
using SmartClients.Transfer.Engine;
using SmartClients.Transfer.Protocols;
using Xunit;

namespace SmartClients.Transfer.Tests.Support;

/// <summary>A download from scripted mirrors into a folder of its own.</summary>
internal sealed class Downloading(params ScriptedMirror[] mirrors) : IDisposable
{
    readonly TemporaryFolder folder = new();

    public List<string> Notes { get; } = [];

    public string Place => System.IO.Path.Combine(folder.Path, "file.bin");

    public string Part => Place + ".part";

    public string Control => Part + ".json";

    public byte[] Result => File.ReadAllBytes(Place);

    public string[] Files => [.. Directory.GetFiles(folder.Path).Select(file => System.IO.Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public DownloadOptions Options { get; set; } = new();

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<DownloadReport> RunAsync() => RunUntilAsync(Cancel);

    public async Task<DownloadReport> RunUntilAsync(CancellationToken cancel)
    {
        await using var director = Director();
        return await Of(director).ToFileAsync(Place, "/file.bin", cancel);
    }

    public async Task<DownloadReport> PipeAsync(Stream output)
    {
        await using var director = Director();
        return await Of(director).ToPipeAsync(output, Cancel);
    }

    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    Download Of(Director director)
    {
        var protocol = new ScriptedProtocol(mirrors);
        return new Download(director, _ => protocol, endpoint => new FileAddress("test", endpoint, "/file.bin"), Options with { Note = Note });
    }

    Director Director() => new("mirrors", new StaticNames(mirrors.Select(mirror => mirror.Endpoint)), new DirectorOptions { Random = new Random(7) },
        Options.Parallel > 1 ? EveryMirrorBusy.Policy() : null);

    void Note(string text)
    {
        lock (Notes) Notes.Add(text);
    }

    public void Dispose() => folder.Dispose();
}
