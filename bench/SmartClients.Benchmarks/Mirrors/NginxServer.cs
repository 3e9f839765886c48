using SmartClients.Benchmarks.Servers;

namespace SmartClients.Benchmarks.Mirrors;

/// <summary>An nginx that serves the file.</summary>
static class NginxServer
{
    public static async Task<ServerProcess> StartAsync(MirrorFiles files, string host, int port, double limit, bool bad, params string[] before)
    {
        var file = Path.Combine(files.Folder, $"nginx-{port}.conf");
        File.WriteAllText(file, Configuration(files, host, port, limit, bad));
        string[] command = [.. before, "nginx", "-p", files.Folder, "-c", file];
        return await ServerProcess.StartAsync(command[0], command[1..], port, host);
    }

    static string Configuration(MirrorFiles files, string host, int port, double limit, bool bad) => $$"""
        daemon off; master_process off; user root; error_log {{files.Folder}}/nginx-{{port}}.log; pid {{files.Folder}}/nginx-{{port}}.pid;
        events { worker_connections 512; }
        http {
            access_log off; sendfile on;
            client_body_temp_path {{files.Folder}}/b; proxy_temp_path {{files.Folder}}/p; fastcgi_temp_path {{files.Folder}}/f; uwsgi_temp_path {{files.Folder}}/u; scgi_temp_path {{files.Folder}}/s;
            server { listen {{host}}:{{port}}; root {{files.Root(bad)}}; {{(limit > 0 ? $"limit_rate {limit}m;" : "")}} }
        }
        """;
}
