using System.Text;
using SmartClients.Http.Etcd;

namespace SmartClients.Fuzz.Targets;

/// <summary>Lines of an etcd watch.</summary>
internal sealed class EtcdTarget : FuzzTarget
{
    static readonly EtcdKeys Keys = new("smartclients/", "quotes");

    public override string Name => "etcd";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8($$$"""{"result":{"header":{"revision":"12"},"events":[{"kv":{"key":"{{{Text("smartclients/quotes/10.0.0.1:80")}}}","value":"{{{Text("{\"zone\":\"eu\",\"weight\":2}")}}}","create_revision":"11","mod_revision":"12","version":"1","lease":"7"}},{"type":"DELETE","kv":{"key":"{{{Text("smartclients/quotes/10.0.0.2:80")}}}","mod_revision":"12"}}]}}"""),
        Utf8("""{"result":{"header":{"revision":"12"},"created":true}}"""),
    ];

    public override IReadOnlyList<string> Words { get; } =
        ["\"result\"", "\"error\":{\"message\":\"x\",\"grpc_code\":11}", "\"canceled\":true", "\"compact_revision\":\"5\"", "\"events\":[", "\"kv\":{", "\"type\":\"DELETE\"", "\"created\":true", "\"mod_revision\":\"9223372036854775807\"", "c21hcnRjbGllbnRz"];

    public override string Feed(byte[] input)
    {
        var read = EtcdMessage.Read(Encoding.UTF8.GetString(input), Keys);
        return $"read {read.Changes.Length} {read.Next > 0} {read.IsCompacted}";
    }

    public override bool Documents(Exception error) => error is EtcdException;

    static string Text(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
