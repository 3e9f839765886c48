using System.Net;
using System.Net.Sockets;
using SmartClients.Naming;

namespace SmartClients.Cli.Experiments.Links;

/// <summary>
/// Each server at a loopback address of its own, with a relay at the next address, which listens at the same ports: a server that
/// answers EPSV names a port and no address, so its data connections come through the relay too, and no relay needs to read FTP.
/// </summary>
/// <param name="bitsPerSecond">The rate.</param>
/// <param name="time">The clock.</param>
internal sealed class RelayWiring(double bitsPerSecond, TimeProvider time) : Wiring
{
    // Of 1538 bytes on an Ethernet (frame, gap and preamble) 1448 are a file's.
    const double Payload = 1448.0 / 1538;

    const int Tries = 32;

    public override async Task<Mirror> AddAsync(int number, byte[] content, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (near, far) = (Loopback(attempt, 2 * number + 1), Loopback(attempt, 2 * number + 2));
            Relay relay;
            try
            {
                relay = new Relay(near, far, [ServerFolder.Port, .. DataPorts], new SharedLink(bitsPerSecond / 8 * Payload, time));
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse && attempt < Tries)
            {
                // Another experiment of this machine is there.
                continue;
            }
            catch (SocketException error)
            {
                throw new IOException($"a relay cannot listen at {near}: {error.Message}", error);
            }
            try
            {
                var server = await ServerProcess.StartAsync(far, content, [], "", [], time, cancel);
                return new Mirror(new Endpoint(near.ToString(), ServerFolder.Port), server, relay);
            }
            catch
            {
                await relay.DisposeAsync();
                throw;
            }
        }
    }

    static IEnumerable<int> DataPorts => Enumerable.Range(ServerFolder.FirstDataPort, ServerFolder.LastDataPort - ServerFolder.FirstDataPort + 1);

    static IPAddress Loopback(int attempt, int host)
    {
        var group = Environment.ProcessId + attempt * 251;
        return new([127, (byte)(64 + (group >> 8) % 64), (byte)group, (byte)host]);
    }
}
