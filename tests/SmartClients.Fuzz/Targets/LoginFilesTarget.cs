using System.Text;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Connections;
using SmartClients.Transfer.Protocols.Sftp;

namespace SmartClients.Fuzz.Targets;

/// <summary>A person's own files: <c>.netrc</c> and <c>known_hosts</c>.</summary>
internal sealed class LoginFilesTarget : FuzzTarget
{
    public override string Name => "login-files";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8("machine host login me password \"a b\"\ndefault login x password y\n"), Utf8("machine host\nmacdef init\nls\n\nmachine host login you\n"),
        Utf8("host,[host]:22 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA"), Utf8("@revoked ho?t ssh-rsa AAAA"), Utf8("|1|c2FsdHNhbHRzYWx0c2FsdHNhbHQ=|aGFzaGhhc2hoYXNoaGFzaGhhc2g= ssh-rsa AAAA"),
        Utf8("*,!host ecdsa-sha2-nistp256 AAAA comment"),
    ];

    public override IReadOnlyList<string> Words { get; } = ["machine ", "host", "default ", "login ", "password ", "macdef ", "\n\n", "@revoked ", "|1|", "*", "!", "ssh-rsa "];

    public override string Feed(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var login = Netrc.In(text, "host", null);
        var other = Netrc.In(text, "host", new Login("me"));
        Must(other is { User: "me" }, "who is named stays who he is");
        return $"read {login is null} {login?.Password is null} {other?.Password is null} {KnownKey.Read(text, "host") is null} {KnownKey.Read(text, "[host]:22")?.Revoked}";
    }

    public override bool Documents(Exception error) => false;
}
