using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using SmartClients.Naming;

namespace SmartClients.Cli.Experiments.Links;

/// <summary>
/// Each server in a network namespace of its own, which has no name and ends with the server; a veth pair leads there, and goes with
/// it. What the server sends is held to the link's rate by the kernel (tbf).
/// </summary>
/// <param name="bitsPerSecond">The rate.</param>
/// <param name="time">The clock.</param>
internal sealed class NamespaceWiring(double bitsPerSecond, TimeProvider time) : Wiring
{
    // The queue is as long as a host's own: what waits there is held back in the sender, not lost.
    const string Script = """
        set -e
        ip link set lo up
        ip link add eth0 type veth peer name "$2" netns "$3"
        ip address add "$5/30" dev eth0
        ip link set eth0 up
        tc qdisc add dev eth0 root tbf rate "$6bit" burst 32kb latency 200ms
        nsenter -t "$3" -n ip address add "$4/30" dev "$2"
        nsenter -t "$3" -n ip link set "$2" up
        set +e

        """;
    const int AddressesEach = 4;
    const int Groups = (2 << 16) / AddressesEach / Mirrors.Most;

    readonly uint first = FreeGroup();

    /// <summary>What is missing for it on this machine, in words; <see langword="null"/> when nothing seems to be.</summary>
    public static string? Missing() =>
        !OperatingSystem.IsLinux() ? "not Linux"
        : !Environment.IsPrivilegedProcess ? "not root"
        : ((string[])["ip", "tc", "unshare", "nsenter"]).FirstOrDefault(program => Programs.Find(program) is null) is { } program ? $"no {program} on this machine" : null;

    public override async Task<Mirror> AddAsync(int number, byte[] content, CancellationToken cancel)
    {
        var network = first + (uint)(number * AddressesEach);
        var (near, far) = (Address(network + 1), Address(network + 2));
        string[] arguments =
        [
            string.Create(CultureInfo.InvariantCulture, $"sf{Environment.ProcessId}n{number}"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            near.ToString(), far.ToString(), bitsPerSecond.ToString("0", CultureInfo.InvariantCulture),
        ];
        var server = await ServerProcess.StartAsync(far, content, ["unshare", "--net"], Script, arguments, time, cancel);
        return new Mirror(new Endpoint(far.ToString(), ServerFolder.Port), server);
    }

    // 198.18.0.0/15 is set aside for measurements between networks (RFC 2544): nobody's real network is there.
    static uint FreeGroup()
    {
        const uint Network = 198u << 24 | 18u << 16;
        var used = NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address.GetAddressBytes()).Where(bytes => bytes.Length == 4)
            .Select(bytes => (uint)bytes[0] << 24 | (uint)bytes[1] << 16 | (uint)bytes[2] << 8 | bytes[3]).ToList();
        const uint Size = AddressesEach * Mirrors.Most;
        return Enumerable.Range(Environment.ProcessId, Groups).Select(group => Network + (uint)(group % Groups) * Size)
            .First(group => !used.Exists(address => address >= group && address < group + Size));
    }

    static IPAddress Address(uint number) => new([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
}
