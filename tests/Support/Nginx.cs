using System.Net.Sockets;

namespace SmartClients.Testing;

/// <summary>A real nginx on the loopback interface: files of its folder, an echo of what it was sent, and errors on demand.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    const int Tries = 5;

    readonly TemporaryFolder folder;
    readonly RunningProcess process;

    Nginx(TemporaryFolder folder, RunningProcess process, int port) => (this.folder, this.process, Port) = (folder, process, port);

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Puts a file where it is served: <c>members.json</c> is then at <c>/members.json</c>.</summary>
    public void Serve(string name, string text) => folder.Write("root/" + name, text);

    /// <summary>The lines of its log: method, path, status.</summary>
    public string[] Log => File.ReadAllLines(Path.Combine(folder.Path, "access.log"));

    /// <summary>Requests that it has logged.</summary>
    public int Requests => File.ReadLines(Path.Combine(folder.Path, "access.log")).Count();

    /// <summary>Starts one, and waits until it takes connections.</summary>
    /// <param name="cancel">The test's.</param>
    /// <param name="settings">More of its server's configuration: <c>limit_rate 20m;</c>.</param>
    public static async Task<Nginx> StartAsync(CancellationToken cancel, params string[] settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort.Find();
            var folder = new TemporaryFolder();
            folder.Write("root/hello.txt", "hello\n");
            folder.Write("nginx.conf", Configuration(folder.Path, port, settings));
            var process = RunningProcess.Start("nginx", "-p", folder.Path, "-c", Path.Combine(folder.Path, "nginx.conf"));
            var nginx = new Nginx(folder, process, port);
            try
            {
                await Poll.UntilAsync(() => nginx.Answers(), cancel);
                return nginx;
            }
            catch (InvalidOperationException) when (attempt < Tries)
            {
                // Somebody else took the port in between.
                await nginx.DisposeAsync();
            }
        }
    }

    /// <summary>Has it serve a file of zeros that takes no room.</summary>
    public void PutHole(string name, long size)
    {
        using var file = File.Create(Path.Combine(folder.Path, "root", name));
        file.SetLength(size);
    }

    /// <summary>Has it serve one more file.</summary>
    public void Put(string name, ReadOnlySpan<byte> content)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    /// <summary>Where a file lies that it serves.</summary>
    public string PathOf(string name) => Path.Combine(folder.Path, "root", name);

    /// <summary>Sends it a signal: KILL, STOP, CONT.</summary>
    public Task SignalAsync(string name, CancellationToken cancel) => process.SignalAsync(name, cancel);

    public Task KillAsync(CancellationToken cancel) => process.SignalAsync("KILL", cancel);

    bool Answers()
    {
        if (process.HasExited) throw new InvalidOperationException("nginx has ended: " + process.Errors);
        try
        {
            using var socket = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    static string Configuration(string folder, int port, string[] settings) => $$"""
        daemon off; master_process off; pid {{folder}}/nginx.pid; error_log {{folder}}/error.log;
        events { worker_connections 512; }
        http {
            access_log {{folder}}/access.log;
            client_body_temp_path {{folder}}/t1; proxy_temp_path {{folder}}/t2; fastcgi_temp_path {{folder}}/t3;
            uwsgi_temp_path {{folder}}/t4; scgi_temp_path {{folder}}/t5;
            server {
                listen 127.0.0.1:{{port}};
                root {{folder}}/root;
                location = /echo { return 200 "$request_method [$http_x_test] [$content_type] $content_length $args"; }
                location = /broken { return 500; }
                {{string.Join(' ', settings)}}
            }
        }
        """;

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }
}
