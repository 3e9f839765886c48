using System.Text;
using SmartClients.Transfer.Protocols.Http;

namespace SmartClients.Fuzz.Targets;

/// <summary>Which part of a file a web server says that it sends.</summary>
internal sealed class ContentRangesTarget : FuzzTarget
{
    public override string Name => "content-ranges";

    public override int MostBytes => 200;

    public override IReadOnlyList<byte[]> Corpus { get; } = [Utf8("bytes 0-99/1000"), Utf8("bytes 5-5/*"), Utf8("bytes */1000")];

    public override IReadOnlyList<string> Words { get; } = ["bytes ", "*", "/", "-", "9223372036854775807", "9223372036854775808"];

    public override string Feed(byte[] input)
    {
        var range = ContentRange.Parse(Encoding.UTF8.GetString(input));
        Must(range.From is null == range.To is null, "a part has two ends or none");
        Must(range.From is null ? range.Total is not null : range.From >= 0 && range.From <= range.To && !(range.To >= range.Total), "a part lies in its file");
        return $"read {range.From is null} {range.Total is null}";
    }

    public override bool Documents(Exception error) => error is FormatException;
}
