using System.Net;
using System.Net.Sockets;

namespace SmartClients.Fuzz.Targets;

/// <summary>A DNS server on loopback that answers every question with the same bytes, under the question's own id.</summary>
internal sealed class DnsServer : IDisposable
{
    readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    readonly Thread thread;
    volatile byte[] answer = [];
    volatile bool closed;

    public DnsServer()
    {
        thread = new Thread(Serve) { IsBackground = true, Name = "dns" };
        thread.Start();
    }

    public IPEndPoint Address => (IPEndPoint)socket.Client.LocalEndPoint!;

    public void Answer(byte[] bytes) => answer = bytes;

    void Serve()
    {
        try
        {
            while (true)
            {
                IPEndPoint? from = null;
                var question = socket.Receive(ref from);
                byte[] bytes = [.. answer];
                question.AsSpan(0, Math.Min(2, bytes.Length)).CopyTo(bytes);
                socket.Send(bytes, from);
            }
        }
        catch (Exception) when (closed)
        {
            // What a socket throws that is closed under it depends on where it was.
        }
    }

    public void Dispose()
    {
        closed = true;
        socket.Dispose();
        thread.Join();
    }
}
