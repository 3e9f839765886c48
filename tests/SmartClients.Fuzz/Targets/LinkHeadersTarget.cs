using System.Text;
using SmartClients.Transfer.Metalinks;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Fuzz.Targets;

/// <summary>Header fields that name duplicates and hashes.</summary>
internal sealed class LinkHeadersTarget : FuzzTarget
{
    public override string Name => "link headers";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8("""<http://a/b>; rel=duplicate; pri=1; geo=de, <ftp://c/d>; rel="duplicate preferred", <x.meta4>; rel=describedby; type="application/metalink4+xml" """),
        Utf8("sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:, md5=x"),
        Utf8("SHA-256=uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek="),
    ];

    public override IReadOnlyList<string> Words => ["<", ">", ";", ",", "\"", "\\", "rel=duplicate", "pri=0", "pri=1000000", "sha-256=", ":", "<>", "; ; ;"];

    public override string Feed(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        var facts = new FileFacts { Links = [text, text], Digests = [text] };
        var duplicates = LinkHeaders.Duplicates(facts);
        Must(duplicates.All(one => one.Url.Length > 0 && one.Priority is >= 1 and <= 999_999), "a duplicate has an address and a priority");
        return $"read {duplicates.Length > 0} {duplicates.Length > 2} {LinkHeaders.Description(facts) is null} {LinkHeaders.Digest(facts) is null}";
    }

    public override bool Documents(Exception error) => false;
}
