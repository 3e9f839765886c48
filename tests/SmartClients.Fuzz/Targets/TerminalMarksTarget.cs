using SmartClients.Terminals.Local;
using SmartClients.Terminals.Marks;
using SmartClients.Terminals.Shells;

namespace SmartClients.Fuzz.Targets;

/// <summary>Output of a machine, in which marks may stand: in one piece and byte by byte it shows and tells the same.</summary>
internal sealed class TerminalMarksTarget : FuzzTarget
{
    const string Key = "0123abcd";

    public override string Name => "terminal-marks";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8($"$ \e]7770;{Key};dir;L3RtcA==\a\e]7770;{Key};base;QT0xAEI9MgA=\a\e]7770;{Key};env;QT0yAEM9MwA=\a"),
        Utf8($"\e]7;file://host/tmp/a%20b\e\\\e]7770;{Key};end;3\a"),
        Utf8("\e[?1049h\e[?2004;25l\e]0;title\a plain \e[31m text\r\n"),
        Utf8($"\e]7770;{Key};ready\a\e]7770;{Key};shell;bash\e\\\e]7770;other;env;QT0yAA==\a"),
    ];

    public override IReadOnlyList<string> Words { get; } =
        ["\e]7770;", Key, ";", "\a", "\e\\", "\e", "\e]7;file://", "%0A", "%", "dir;", "env;", "base;", "end;", "shell;", "nodir", "ready", "\e[?", "1049h", "QT0yAA=="];

    public override string Feed(byte[] input)
    {
        var (whole, told) = Read(input, input.Length);
        var (pieces, toldInPieces) = Read(input, 1);
        Must(whole.AsSpan().SequenceEqual(pieces), "what is shown does not depend on the pieces");
        Must(told.SequenceEqual(toldInPieces), "what is told does not depend on the pieces");
        Must(whole.Length <= input.Length, "nothing is shown that did not come");
        var state = new ShellState(new CarriedVariables([]));
        foreach (var mark in told) state.Learn(mark);
        var script = ShellScripts.Launch("0123", state);
        Must(state.Variables.Set.Keys.All(CarriedVariables.IsName), "a variable that is carried has a name");
        Must(script.Length < 128 << 10, "what is sent is bounded");
        var modes = new ScreenModes();
        modes.Watch(input);
        Must(modes.TakeReset().Length < 512, "undoing is bounded");
        return $"read {string.Join(',', told.Select(mark => mark.Kind).Distinct().Order())} {whole.Length == input.Length} {state.Variables.Set.Count > 0} {state.Directory is null}";
    }

    static (byte[] Shown, List<Mark> Told) Read(byte[] input, int piece)
    {
        var (shown, told) = (new List<byte>(), new List<Mark>());
        var reader = new MarkReader(Key, bytes => shown.AddRange(bytes), told.Add);
        foreach (var chunk in input.Chunk(Math.Max(1, piece))) reader.Feed(chunk);
        reader.End();
        return ([.. shown], told);
    }

    public override bool Documents(Exception error) => false;
}
