namespace SmartClients.Benchmarks.Servers;

/// <summary>THE TABLE of proxies: each listens on one port and spreads over the replicas, with health checks.</summary>
static class Proxies
{
    public static readonly IReadOnlyDictionary<string, Func<IReadOnlyList<int>, string, Task<ServerProcess>>> Table =
        new Dictionary<string, Func<IReadOnlyList<int>, string, Task<ServerProcess>>>
        {
            ["yarp"] = (ports, _) => ServerProcess.StartAsync("yarp", "--ports", string.Join(',', ports)),
            ["yarp-tuned"] = (ports, _) => ServerProcess.StartAsync("yarp", "--ports", string.Join(',', ports), "--tuned"),
            ["nginx"] = (ports, folder) => NginxAsync(ports, folder, seconds: 5),
            ["nginx-tuned"] = (ports, folder) => NginxAsync(ports, folder, seconds: 1),
            ["haproxy"] = (ports, folder) => HaproxyAsync(ports, folder, seconds: 5, interval: "1s", falls: 2),
            ["haproxy-tuned"] = (ports, folder) => HaproxyAsync(ports, folder, seconds: 1, interval: "200ms", falls: 1),
        };

    static Task<ServerProcess> NginxAsync(IReadOnlyList<int> ports, string folder, int seconds)
    {
        var port = FreePort.Find();
        var file = Path.Combine(folder, $"nginx-{port}.conf");
        File.WriteAllText(file, $$"""
            daemon off; master_process off; error_log /dev/null; pid {{folder}}/nginx-{{port}}.pid;
            events { worker_connections 4096; }
            http {
                access_log off;
                client_body_temp_path {{folder}}/b; proxy_temp_path {{folder}}/p; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
                upstream quotes { {{string.Concat(ports.Select(p => $"server 127.0.0.1:{p} max_fails=1 fail_timeout=10s; "))}} keepalive 64; }
                server {
                    listen 127.0.0.1:{{port}};
                    keepalive_requests 1000000;
                    location / {
                        proxy_pass http://quotes; proxy_http_version 1.1; proxy_set_header Connection "";
                        proxy_connect_timeout {{seconds}}s; proxy_send_timeout {{seconds}}s; proxy_read_timeout {{seconds}}s;
                        proxy_next_upstream error timeout http_500 http_502 http_503 http_504;
                    }
                }
            }
            """);
        return ServerProcess.StartAsync("nginx", ["-p", folder, "-c", file], port);
    }

    static Task<ServerProcess> HaproxyAsync(IReadOnlyList<int> ports, string folder, int seconds, string interval, int falls)
    {
        var port = FreePort.Find();
        var file = Path.Combine(folder, $"haproxy-{port}.cfg");
        File.WriteAllText(file, $"""
            defaults
              mode http
              timeout client 60s
              timeout connect {seconds}s
              timeout server {seconds}s
              timeout check 1s
              retries 3
              option redispatch 1
              retry-on all-retryable-errors
            listen quotes
              bind 127.0.0.1:{port}
              balance roundrobin
              option httpchk GET /
              default-server check inter {interval} fall {falls} rise 2
            {string.Join('\n', ports.Select((p, i) => $"  server s{i} 127.0.0.1:{p}"))}

            """);
        return ServerProcess.StartAsync("haproxy", ["-db", "-q", "-f", file], port);
    }
}
