using System.Globalization;

namespace SmartClients.Bench.Proxies;

/// <summary>nginx before the replicas, as its documentation has it: connections kept, another replica asked where that is allowed.</summary>
public static class NginxConfiguration
{
    /// <summary>Writes it out.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="folder">For its temporary files.</param>
    public static string Text(ProxySettings settings, int port, string folder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var limit = string.Create(CultureInfo.InvariantCulture, $"{settings.TimeoutMs:0}ms");
        var failing = settings.Checks ? "max_fails=1 fail_timeout=10s" : "max_fails=0";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off; master_process off; error_log /dev/null; pid {{folder}}/nginx-{{port}}.pid;
            events { worker_connections 4096; }
            http {
                access_log off;
                client_body_temp_path {{folder}}/b; proxy_temp_path {{folder}}/p; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
                upstream quotes { {{(settings.Least ? "least_conn; " : "")}}{{string.Concat(settings.Ports.Select(p => $"server 127.0.0.1:{p} {failing}; "))}} keepalive 64; }
                server {
                    listen 127.0.0.1:{{port}};
                    keepalive_requests 1000000;
                    location / {
                        proxy_pass http://quotes; proxy_http_version 1.1; proxy_set_header Connection "";
                        proxy_connect_timeout {{limit}}; proxy_send_timeout {{limit}}; proxy_read_timeout {{limit}};
                        proxy_next_upstream {{(settings.Retries ? "error timeout http_500 http_502 http_503 http_504" : "off")}};
                    }
                }
            }
            """);
    }
}
