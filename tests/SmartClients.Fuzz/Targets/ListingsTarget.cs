using System.Text;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Ftp;
using SmartClients.Transfer.Protocols.Http;

namespace SmartClients.Fuzz.Targets;

/// <summary>What is in a folder: lines of MLSD and of LIST, pages of web servers. Nothing in it may lead out of the folder.</summary>
internal sealed class ListingsTarget : FuzzTarget
{
    static readonly Uri Page = new("http://host/a/b/");

    public override string Name => "listings";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8("type=file;size=12;modify=20261124071500;UNIX.mode=0644; a name"), Utf8("Type=dir;Modify=20261124071500.1; folder"), Utf8("type=cdir; ."),
        Utf8("-rw-r--r--    1 0        0            4711 Nov 24 07:15 a name"), Utf8("drwxr-xr-x    2 ftp      ftp          4096 Jan 01  2024 folder"),
        Utf8("11-24-26  07:15AM       <DIR>          folder"), Utf8("11-24-2026  07:15                 4711 a name"),
        Utf8("<a href=\"../\">../</a>\n<a href=\"a%20name\">a name</a>\n<A title='x' HREF='folder/'>folder</A>\n<a href=\"?C=M;O=A\">M</a>"),
    ];

    public override IReadOnlyList<string> Words { get; } = ["type=file;", "type=dir;", "size=", "modify=", "; ", "..", "/", "%2F", "%2e%2e", "<a href=\"", "\">", "-rw-r--r-- 1 0 0 1 Nov 24 07:15 ", "&#47;"];

    public override string Feed(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        FolderEntry?[] found = [MachineListing.Parse(text), PlainListing.Parse(text), .. IndexPage.Entries(text, Page)];
        foreach (var entry in found.OfType<FolderEntry>())
        {
            Must(entry.Name.Length > 0 && entry.Name is not ("." or "..") && !entry.Name.Any(c => c is '/' or '\\' || char.IsControl(c)), "a name stays in its folder");
            Must(entry.Size is null or >= 0, "a size is not negative");
        }
        return $"read {found[0] is null} {found[1] is null} {Math.Min(found.Length, 5)}";
    }

    public override bool Documents(Exception error) => false;
}
