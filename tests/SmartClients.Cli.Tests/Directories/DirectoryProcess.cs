using System.Net.Http.Headers;
using System.Text.Json;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Directories;

/// <summary>A process of <c>smart directory</c>.</summary>
internal sealed class DirectoryProcess : IAsyncDisposable
{
    const string Ready = "listening on ";

    readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    DirectoryProcess(RunningProcess process, string address) => (Process, Address) = (process, address);

    public RunningProcess Process { get; }

    public string Address { get; }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<DirectoryProcess> StartAsync(string data, int port = 0, params IEnumerable<string> more)
    {
        var process = Smart.Start(["directory", "--listen", $"127.0.0.1:{port}", "--data", data, "--pull", "50ms", .. more]);
        return new DirectoryProcess(process, (await process.LineAsync(Ready, Cancel))[Ready.Length..].Trim());
    }

    public async Task<int> PutAsync(SignedCertificate certificate)
    {
        using var content = new ReadOnlyMemoryContent(certificate.Document);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/jose+json");
        using var response = await http.PutAsync($"{Address}/v1/services/{certificate.Certificate.Name}", content, Cancel);
        return (int)response.StatusCode;
    }

    /// <summary>A name's document; <see langword="null"/> where there is none.</summary>
    public async Task<byte[]?> GetAsync(string name)
    {
        using var response = await http.GetAsync($"{Address}/v1/services/{name}", Cancel);
        return response.StatusCode == System.Net.HttpStatusCode.NotFound ? null : await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancel);
    }

    public async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await http.GetStringAsync(Address + path, Cancel)).RootElement;

    /// <summary>Every name that it serves.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync()
    {
        List<string> names = [];
        long after = 0;
        while (true)
        {
            var changes = (await JsonAsync($"/v1/changes?after={after}&limit=1000")).GetProperty("changes");
            if (changes.GetArrayLength() == 0) return names;
            names.AddRange(changes.EnumerateArray().Select(change => change.GetProperty("name").GetString()!));
            after = changes[changes.GetArrayLength() - 1].GetProperty("sequence").GetInt64();
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Process.DisposeAsync();
    }
}
