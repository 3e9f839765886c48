using System.Security.Cryptography;
using System.Text;
using SmartClients.Naming.State;

namespace SmartClients.Fuzz.Targets;

/// <summary>What is kept on disk: the state is broken and its digest made to fit.</summary>
internal sealed class StateTarget : FuzzTarget
{
    const string Marker = "\"state\":";

    public override string Name => "state";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        State(new SavedService
        {
            Certificate = new SavedCertificate(Utf8("{\"protected\":\"x\"}"), Samples.Now, "directory 10.0.0.1:80"),
            Members = new SavedMembers(Samples.Certificate().Endpoints, "list", Samples.Now),
            Lessons = new SavedLessons(TimeSpan.FromMilliseconds(5),
            [
                new SavedReplica("10.0.0.1:8080") { Latency = TimeSpan.FromMilliseconds(3), Measured = Samples.Now },
                new SavedReplica("[::1]:81") { OutUntil = Samples.Now.AddMinutes(1), TimesOut = 3, Cause = "connection refused" },
            ]),
        }),
    ];

    public override IReadOnlyList<string> Words { get; } = [.. Samples.CertificateWords, "\"service\":\"quotes\"", "\"lessons\":{", "\"replicas\":[", "\"latency_ms\":1e300", "\"out_until\":", "\"times_out\":", "\"measured\":"];

    public override string Feed(byte[] input)
    {
        var head = $$"""{"version":1,"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(input.AsSpan().Trim(" \t\r\n"u8)))}}","state":""";
        var saved = StateDocument.Parse(new ReadOnlyMemory<byte>([.. Encoding.ASCII.GetBytes(head), .. input, (byte)'}']), "quotes");
        var written = StateDocument.Write("quotes", saved);
        Must(StateDocument.Write("quotes", StateDocument.Parse(written, "quotes")).AsSpan().SequenceEqual(written), "state is read back the same");
        return $"read {saved.Certificate is null} {saved.Members?.Endpoints.Length} {saved.Lessons?.Replicas.Length} {saved.Lessons?.Typical is null}";
    }

    public override bool Documents(Exception error) => error is FormatException;

    static byte[] State(SavedService saved)
    {
        var text = Encoding.UTF8.GetString(StateDocument.Write("quotes", saved));
        return Utf8(text[(text.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..^1]);
    }
}
