using System.Text;
using System.Text.RegularExpressions;
using SmartClients.Terminals.Local;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Terminals.Tests.Servers;

/// <summary>Somebody who sits at a real pseudo-terminal with <c>smart</c> on it: types, and reads what comes.</summary>
internal sealed partial class Seat : IDisposable
{
    static readonly string Program = SmartProgram.Path;

    readonly StringBuilder shown = new();
    readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    readonly PtyProcess process;
    int read;

    Seat(IEnumerable<string> arguments)
    {
        process = PtyProcess.Start(Program, arguments, new WindowSize(30, 100), Show, new Dictionary<string, string> { ["TERM"] = "xterm" });
        Before = process.Terminal.Attributes();
    }

    /// <summary>The terminal's settings before anything was done to them.</summary>
    public byte[] Before { get; }

    /// <summary>The terminal's settings now.</summary>
    public byte[] Now => process.Terminal.Attributes();

    public PtyProcess Process => process;

    /// <summary>All that was shown.</summary>
    public string Shown
    {
        get { lock (shown) return shown.ToString(); }
    }

    /// <summary>What was shown, without what moves the cursor and paints. A shell that does not edit its line shows what was typed early
    /// before its prompt, and the answer after it: here that begins a line all the same.</summary>
    string Text => Sequences().Replace(Shown, "").Replace("> [", "> \n[", StringComparison.Ordinal).Replace("> done", "> \ndone", StringComparison.Ordinal);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Seat At(params IEnumerable<string> arguments) => new(arguments);

    /// <summary>A terminal by ssh in a room.</summary>
    public static Seat Ssh(MachineRoom room, params IEnumerable<string> more) => At(["ssh", room.Name, "-F", room.Configuration, "--no-state", .. more]);

    public void Type(string keys) => process.Write(Encoding.UTF8.GetBytes(keys));

    /// <summary>Waits for a text, after what was waited for before.</summary>
    /// <returns>All that was shown up to its end.</returns>
    public async Task<string> SeeAsync(string text)
    {
        var found = -1;
        try
        {
            await Poll.UntilAsync(() => (found = Text.IndexOf(text, read, StringComparison.Ordinal)) >= 0 || process.Ended.IsCompleted, Cancel);
        }
        catch (TimeoutException)
        {
            // Told below, with what was shown.
        }
        if (found < 0) found = Text.IndexOf(text, read, StringComparison.Ordinal);
        if (found < 0) Assert.Fail($"'{text}' was not shown after:\n{Shown}");
        var since = Text[read..(found + text.Length)];
        read = found + text.Length;
        return since;
    }

    /// <summary>Has the shell tell something, and reads it.</summary>
    /// <param name="words">As echo takes them.</param>
    public async Task<string> AskAsync(string words)
    {
        // The line itself is shown, too: what is waited for is not in it as it is typed.
        Type($"echo \"[\"\"{words}\"\"]\"\r");
        await SeeAsync("\n[");
        return (await SeeAsync("]"))[..^1];
    }

    /// <summary>Has the shell carry out a line, and waits until that is done.</summary>
    public async Task DoAsync(string line)
    {
        Type($"{line}; echo do\"\"ne\r");
        await SeeAsync("\ndone");
        await SeeAsync("> ");
    }

    public Task<int> ExitAsync() => process.Ended.WaitAsync(TimeSpan.FromSeconds(60), Cancel);

    void Show(ReadOnlySpan<byte> bytes)
    {
        // A letter may come in two pieces.
        var letters = new char[bytes.Length + 1];
        var count = decoder.GetChars(bytes, letters, flush: false);
        lock (shown) shown.Append(new string(letters, 0, count).Replace("\r", "", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\e(?:\[[0-9;?]*[A-Za-z]|\][^\a\e]*(?:\a|\e\\)|[=>]|\(B)")]
    private static partial Regex Sequences();

    public void Dispose() => process.Dispose();
}
