using System.Text;
using SmartClients.Naming.Certificates;

namespace SmartClients.Fuzz.Targets;

/// <summary>Envelopes in an open form, so that what is within can be broken: header and payload by turns, a zero byte between two. Those
/// after the first are the lineage.</summary>
internal static class Sections
{
    const byte Between = 0;

    public static byte[] Header(string type, string x = "11") => Encoding.UTF8.GetBytes(
        $$$"""{"alg":"ES256","typ":"{{{type}}}","jwk":{"kty":"EC","crv":"P-256","x":"{{{Base64.Write(Coordinate(x))}}}","y":"{{{Base64.Write(Coordinate("22"))}}}"}}""");

    /// <summary>What <see cref="Header"/>'s key is called.</summary>
    public static string Thumbprint(string x = "11") => new VerifyingKey(Coordinate(x), Coordinate("22")).Thumbprint;

    public static byte[] Join(params IEnumerable<byte[]> parts) => [.. parts.SelectMany((part, i) => i == 0 ? part : [Between, .. part])];

    /// <summary>The envelope.</summary>
    public static byte[] Envelope(byte[] input)
    {
        var parts = new List<byte[]>();
        var from = 0;
        for (var at = 0; at <= input.Length && parts.Count < 24; at++)
            if (at == input.Length || input[at] == Between)
            {
                parts.Add(input[from..at]);
                from = at + 1;
            }
        var links = parts.Chunk(2).Select(Link).ToList();
        return Encoding.ASCII.GetBytes(links.Count == 1 ? $"{{{links[0]}}}"
            : $"{{{links[0]},\"header\":{{\"lineage\":[{string.Join(',', links.Skip(1).Select(link => $"{{{link}}}"))}]}}}}");
    }

    static string Link(byte[][] parts) =>
        $"\"protected\":\"{Base64.Write(parts[0])}\",\"payload\":\"{Base64.Write(parts.Length > 1 ? parts[1] : [])}\",\"signature\":\"{new string('A', 86)}\"";

    static byte[] Coordinate(string hex) => Convert.FromHexString(string.Concat(Enumerable.Repeat(hex, 32)));
}
