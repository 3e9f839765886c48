using System.Text.Json;
using SmartClients.Transfer.Pieces;
using SmartClients.Transfer.Resuming;

namespace SmartClients.Fuzz.Targets;

/// <summary>The control files of downloads.</summary>
internal sealed class ControlTarget : FuzzTarget
{
    public override string Name => "control";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        JsonSerializer.SerializeToUtf8Bytes(
            new ControlDocument(1, "/a", 10, 4, null, [new ControlMirror("a:1", "\"x\""), new ControlMirror("b:1", null)], [1, 0, 2, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0]), ControlJson.Default.ControlDocument),
        JsonSerializer.SerializeToUtf8Bytes(new ControlDocument(1, "", 0, 65536, new string('a', 64), [], [], []), ControlJson.Default.ControlDocument),
    ];

    public override IReadOnlyList<string> Words => ["\"version\":2", "\"size\":9223372036854775807", "\"size\":-1", "\"piece_length\":0", "\"piece_length\":1", "\"mirrors\":[null]", "\"pieces\":null", "\"sums\":\"AAAA\""];

    public override string Feed(byte[] input)
    {
        var read = ControlFile.Parse(input);
        var layout = new Layout(read.Size, read.PieceLength);
        Must(layout.Count <= Layout.MostPieces && read.Pieces.Length == 2 * layout.Count && read.Sums.Length == 4 * layout.Count, "the parts fit together");
        return $"read {layout.Count > 1} {read.Hash is null} {read.Mirrors.Count > 1}";
    }

    public override bool Documents(Exception error) => error is FormatException;
}
