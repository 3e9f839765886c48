using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartClients.Transfer.Tests.Protocols.Ftp;

/// <summary>An FTP server that says what a test wants it to say, for what no real one can be brought to.</summary>
internal sealed class ScriptedFtpServer : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly TcpListener unheard = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource end = new();

    public ScriptedFtpServer()
    {
        listener.Start();
        unheard.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>A port that takes connections and never says anything.</summary>
    public int SilentPort => ((IPEndPoint)unheard.LocalEndpoint).Port;

    /// <summary>What it says first.</summary>
    public string Greeting { get; init; } = "220 ready\r\n";

    /// <summary>What a file holds.</summary>
    public byte[] Content { get; init; } = "0123456789"u8.ToArray();

    /// <summary>What it says to a command in place of what it would; an empty text is silence.</summary>
    public Func<string, string?> Says { get; init; } = _ => null;

    /// <summary>What it sends before it says that the transfer is complete.</summary>
    public string Complete { get; init; } = "226 complete\r\n";

    /// <summary>Every command that came, over all connections.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    public int Connections { get; private set; }

    async Task ServeAsync()
    {
        while (!end.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(end.Token);
            Connections++;
            _ = ConverseAsync(client);
        }
    }

    async Task ConverseAsync(TcpClient client)
    {
        using var one = client;
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await SayAsync(stream, Greeting);
        var offset = 0;
        TcpListener? data = null;
        while (await reader.ReadLineAsync(end.Token) is { } command)
        {
            Commands.Enqueue(command);
            var verb = command.Split(' ')[0];
            var said = Says(command);
            if (said is not null)
            {
                await SayAsync(stream, said);
                continue;
            }
            if (verb is "EPSV" or "PASV") (data = new TcpListener(IPAddress.Loopback, 0)).Start();
            offset = verb == "REST" ? int.Parse(command[5..], CultureInfo.InvariantCulture) : offset;
            if (verb is "RETR" or "LIST" or "MLSD") await SendAsync(stream, data!, offset);
            else await SayAsync(stream, Usual(command, verb, data));
            if (verb is "RETR") offset = 0;
        }
    }

    async Task SendAsync(NetworkStream control, TcpListener data, int offset)
    {
        await SayAsync(control, "150 here it comes\r\n");
        using (var to = await data.AcceptTcpClientAsync(end.Token)) await to.GetStream().WriteAsync(Content.AsMemory(offset), end.Token);
        data.Stop();
        await SayAsync(control, Complete);
    }

    string Usual(string command, string verb, TcpListener? data) => verb switch
    {
        "USER" => "331 password\r\n",
        "PASS" => "230 welcome\r\n",
        "EPSV" => $"229 Entering Extended Passive Mode (|||{PortOf(data)}|)\r\n",
        "PASV" => $"227 Entering Passive Mode (127,0,0,1,{PortOf(data) >> 8},{PortOf(data) & 255})\r\n",
        "REST" => "350 go on\r\n",
        "SIZE" => $"213 {Content.Length}\r\n",
        "MDTM" => "213 20261124071500\r\n",
        "TYPE" or "NOOP" => "200 ok\r\n",
        _ => $"502 {command.Length} letters that mean nothing here\r\n",
    };

    static int PortOf(TcpListener? data) => ((IPEndPoint)data!.LocalEndpoint).Port;

    async Task SayAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), end.Token);

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        unheard.Dispose();
        end.Dispose();
    }
}
