using SmartClients.Terminals.Local;
using SmartClients.Terminals.Telnet;

namespace SmartClients.Fuzz.Targets;

/// <summary>What a telnet server sends: in one piece and byte by byte it means the same, and is answered in no more than so many bytes.</summary>
internal sealed class TelnetTarget : FuzzTarget
{
    public override string Name => "telnet";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [255, 253, 24, 255, 253, 31, 255, 251, 1, 255, 251, 3, .. "login: "u8],
        [255, 253, 24, 255, 250, 24, 1, 255, 240, 255, 253, 0, 255, 251, 0, .. "a\r\0b\r\n"u8, 255, 255],
        [255, 253, 6, 255, 254, 31, 255, 252, 1, 255, 250, 77, 255, 255, 255, 249],
    ];

    public override IReadOnlyList<string> Words { get; } = ["\r\0", "\r\n", "$ ", "login: "];

    public override string Feed(byte[] input)
    {
        var (whole, pieces) = (new TelnetCodec("xterm", WindowSize.Usual), new TelnetCodec("xterm", WindowSize.Usual));
        var (text, reply) = Read(whole, input, input.Length);
        var (textInPieces, replyInPieces) = Read(pieces, input, 1);
        Must(text.SequenceEqual(textInPieces), "what is shown does not depend on the pieces");
        // Where the answer to one piece is cut short, that to many is longer.
        Must(reply.Count >= 32 << 10 || reply.SequenceEqual(replyInPieces), "the answer does not depend on the pieces");
        Must(text.Count <= input.Length, "nothing is shown that did not come");
        Must(reply.Count <= 15 + 6 * (long)input.Length, "the answer is bounded");
        var sent = whole.Encode([255, (byte)'\r', (byte)'x']);
        Must(sent.Length is >= 4 and <= 5 && sent[0] == 255 && sent[1] == 255, "keys are never commands");
        return $"read {whole.IsTelnet} {whole.Echoes} {text.Count == input.Length} {Math.Min(reply.Count, 64)} {sent.Length}";
    }

    static (List<byte> Text, List<byte> Reply) Read(TelnetCodec codec, byte[] input, int piece)
    {
        var (text, reply) = (new List<byte>(), new List<byte>());
        foreach (var chunk in input.Chunk(Math.Max(1, piece)))
        {
            var (shown, answer) = codec.Receive(chunk);
            text.AddRange(shown.Span);
            reply.AddRange(answer.Span);
        }
        return (text, reply);
    }

    public override bool Documents(Exception error) => false;
}
