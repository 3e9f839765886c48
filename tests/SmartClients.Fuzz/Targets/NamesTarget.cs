using System.Text;
using SmartClients.Discovery;
using SmartClients.Http.Documents;
using SmartClients.Http.Etcd;
using SmartClients.Kubernetes;
using SmartClients.Naming;

namespace SmartClients.Fuzz.Targets;

/// <summary>Names: what is read is read back the same, and either opens or says why not.</summary>
internal sealed class NamesTarget : FuzzTarget, IDisposable
{
    const string Key = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

    readonly HttpMessageInvoker http = new(new SocketsHttpHandler());
    readonly Opening opening;

    public NamesTarget() => opening = new Opening(Names.Core.WithDns().WithEtcd().WithKubernetes().WithHttp(http), 80) { Known = () => [], Service = "quotes" };

    public override string Name => "names";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. new[]
        {
            "service://now-chat/room/1?x", "now chat service/room", "service://quotes@" + Key + "/x", "https://host/quotes.jws@" + Key + "/a@b", "http://host:81/certificate?x=1", "list:a:1,b:2*2.5/x/y?q=1",
            "list:[::1]:80,10.0.0.1", "file:/etc/smart/members.json/x", "dns:host:8080/x", "srv:_http._tcp.svc.test/x", "etcd:quotes@a:2379,b:2379", "k8s:quotes.default:http", "members:/.well-known/members",
            "https://host/members.json",
        }.Select(Utf8),
    ];

    public override IReadOnlyList<string> Words { get; } =
        ["service://", "service:", "list:", "file:", "http://", "https://", "dns:", "srv:_", "etcd:", "k8s:", "members:/", "discovery:", "@" + Key, "@", ".json", ".jws", "/certificate", "%20", "service", "[::1]", ":65536", "*1e9", "_tcp"];

    public override string Feed(byte[] input)
    {
        var name = ServiceName.Parse(Encoding.UTF8.GetString(input));
        var again = ServiceName.Parse(name.ToString());
        Must(again.ToString() == name.ToString(), "a name is read back the same");
        var alone = name.Path.Length == 0 ? name : again;
        // Certificates are another matter: whoever opens them looks for them first.
        if (!opening.Names.Opens(alone.Form) || alone.Form is "http" or "https" && !alone.Value.EndsWith(".json", StringComparison.Ordinal)) return $"read {Form(alone)}, not opened here";
        var source = opening.Names.Open(alone, opening);
        Must(source.Description.Length > 0, "a source says what it is");
        return $"read and opened {Form(alone)} {name.Path.Length > 0} {name.Key is null}";
    }

    static string Form(ServiceName name) => name.Form is "service" or "http" or "https" or "list" or "file" or "dns" or "srv" or "etcd" or "k8s" or "members" ? name.Form : "another form";

    public override bool Documents(Exception error) => error is FormatException;

    public void Dispose() => http.Dispose();
}
