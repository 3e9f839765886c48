using System.Net.Http.Json;
using System.Text;
using SmartClients.Benchmarks.Servers;
using SmartClients.Http.Etcd;
using SmartClients.Naming;

namespace SmartClients.Benchmarks.Changes;

/// <summary>Keys in a real etcd.</summary>
sealed class EtcdGroup : ChangingGroup
{
    readonly string folder;
    readonly ServerProcess etcd;
    readonly HttpClient http = new();
    HashSet<string> present = [];

    EtcdGroup(string folder, ServerProcess etcd) => (this.folder, this.etcd) = (folder, etcd);

    public static async Task<ChangingGroup> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("smart-bench-").FullName;
        var (port, peer) = (FreePort.Find(), FreePort.Find());
        string[] arguments =
        [
            "--data-dir", folder, "--log-level", "error", "--listen-client-urls", $"http://127.0.0.1:{port}", "--advertise-client-urls", $"http://127.0.0.1:{port}",
            "--listen-peer-urls", $"http://127.0.0.1:{peer}", "--initial-advertise-peer-urls", $"http://127.0.0.1:{peer}", "--initial-cluster", $"default=http://127.0.0.1:{peer}",
        ];
        return new EtcdGroup(folder, await ServerProcess.StartAsync("etcd", arguments, port));
    }

    public override async Task SetAsync(IReadOnlyList<string> addresses)
    {
        foreach (var gone in present.Except(addresses)) await AskAsync("deleterange", new { key = Key(gone) });
        foreach (var added in addresses.Except(present)) await AskAsync("put", new { key = Key(added), value = Base64($"\"{added}\"") });
        present = [.. addresses];
    }

    public override NameSource Open() => Names.Core.WithEtcd().Open($"etcd:bench@127.0.0.1:{etcd.Port}");

    public override ValueTask DisposeAsync()
    {
        http.Dispose();
        etcd.Dispose();
        Directory.Delete(folder, recursive: true);
        return default;
    }

    static string Key(string address) => Base64($"smartclients/bench/{address}");

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    async Task AskAsync(string what, object question)
    {
        using var reply = await http.PostAsJsonAsync(new Uri($"http://127.0.0.1:{etcd.Port}/v3/kv/{what}"), question);
        reply.EnsureSuccessStatusCode();
    }
}
