using SmartClients.Discovery;
using SmartClients.Naming;

namespace SmartClients.Fuzz.Targets;

/// <summary>Whole answers of a DNS server, by way of a socket: SRV records, aliases, addresses.</summary>
internal sealed class DnsAnswersTarget : FuzzTarget, IDisposable
{
    const int MostDatagram = 4000;

    readonly DnsServer server = new();
    readonly DnsOptions options;

    // Answers that make no sense are waited out: the time that a server has is short.
    public DnsAnswersTarget() => options = new DnsOptions { Servers = [server.Address], Timeout = TimeSpan.FromMilliseconds(200), Retries = 0, Limit = TimeSpan.FromSeconds(2), Random = new Random(1) };

    public override string Name => "dns-answers";

    public override int MostBytes => MostDatagram;

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Message("_q._tcp.svc.test", 33,
            Record("_q._tcp.svc.test", 33, [0, 1, 0, 5, 0x1f, 0x90, .. Labels("a.svc.test")]),
            Record("_q._tcp.svc.test", 33, [0, 2, 0, 0, 0x1f, 0x91, .. Labels("b.svc.test")]),
            Record("a.svc.test", 1, [10, 0, 0, 1]), Record("b.svc.test", 5, Labels("a.svc.test")), Record("b.svc.test", 1, [10, 0, 0, 2])),
        Message("_q._tcp.svc.test", 33, Record("_q._tcp.svc.test", 5, Labels("x.test")), Record("x.test", 33, [0, 1, 0, 5, 0x1f, 0x90, 0xc0, 12]), Record("_q._tcp.svc.test", 1, [10, 0, 0, 3])),
    ];

    public override IReadOnlyList<string> Words { get; } = ["\u0001a\u0003svc\u0004test\0", "\0\u0001\0\u0001", "\0!\0\u0001", "\0\u0005\0\u0001", "\0\u0010\0\u0001"];

    public override string Feed(byte[] input)
    {
        server.Answer(input);
        return ReadAsync().GetAwaiter().GetResult();
    }

    async Task<string> ReadAsync()
    {
        await using var sets = new SrvNames("_q._tcp.svc.test", options).WatchAsync(TimeProvider.System, CancellationToken.None).GetAsyncEnumerator();
        Must(await sets.MoveNextAsync(), "a watch does not end by itself");
        Must(sets.Current.Endpoints.Length > 0, "a set has members");
        return $"read {sets.Current.Endpoints.Length} {sets.Current.Endpoints[0].Authority is null}";
    }

    public override bool Documents(Exception error) => error is IOException;

    public void Dispose() => server.Dispose();

    static byte[] Message(string name, byte type, params byte[][] records) =>
        [0, 0, 0x84, 0, 0, 1, 0, (byte)records.Length, 0, 0, 0, 0, .. Labels(name), 0, type, 0, 1, .. records.SelectMany(r => r)];

    static byte[] Record(string name, byte type, byte[] data) => [.. Labels(name), 0, type, 0, 1, 0, 0, 0, 60, 0, (byte)data.Length, .. data];

    static byte[] Labels(string name) => [.. name.Split('.').SelectMany(label => Utf8(label).Prepend((byte)label.Length)), 0];
}
