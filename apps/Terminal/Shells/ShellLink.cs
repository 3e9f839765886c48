using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartClients.Terminals.Marks;
using SmartClients.Terminals.Sessions;

namespace SmartClients.Terminals.Shells;

/// <summary>What passes between the user and one machine's shell, while that is taught and afterwards.</summary>
/// <param name="state">What it begins with, and what it tells.</param>
/// <param name="screen">Where its output goes.</param>
/// <param name="machine">Its name, for people.</param>
/// <param name="lesson">What it is taught, with the key of its marks.</param>
/// <param name="write">Sends bytes to the machine.</param>
/// <param name="keepsEarlyKeys">What is typed before anything was shown is for the shell. After a failure it is for nobody: it was meant for
/// the machine that is gone.</param>
internal sealed class ShellLink(ShellState state, Screen screen, string machine, Func<string, string> lesson, Action<byte[]> write, bool keepsEarlyKeys)
{
    const int MostHeld = 64 << 10;
    const int MostBefore = 64 << 10;

    readonly string key = Word(16);
    readonly StringBuilder before = new();
    readonly List<byte> held = [];
    readonly Lock gate = new();
    readonly TaskCompletionSource<string> taught = new(TaskCreationOptions.RunContinuationsAsynchronously);
    MarkReader? reader;

    /// <summary>The word by which its beginning is known.</summary>
    public string Hello { get; } = Word(4);

    /// <summary>It waits for the lesson, or has had it.</summary>
    public bool IsReady { get; private set; }

    /// <summary>It has had the lesson: the shell's name.</summary>
    public Task<string> Taught => taught.Task;

    /// <summary>Its exit code, once it has told one.</summary>
    public int? Code { get; private set; }

    /// <summary>What was shown before it was ready.</summary>
    public string Before => before.ToString();

    /// <summary>Bytes came from the machine.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        var wasReady = IsReady;
        (reader ??= new MarkReader(Hello, Show, Found)).Feed(bytes);
        if (!IsReady || wasReady) return;
        reader.End();
        reader = new MarkReader(key, Show, Found);
        // Elsewhere, for this is who reads what the machine sends: each would wait for the other.
        _ = Task.Run(() => write(ShellScripts.Sent(Hello, lesson(key))));
    }

    /// <summary>Whether the keys go to the machine now. While the shell is taught they are kept: they would be taken for a part of the lesson.
    /// So are those that are typed before anybody has asked for something.</summary>
    public bool Passes(ReadOnlySpan<byte> keys)
    {
        lock (gate)
        {
            if (taught.Task.IsCompleted || !IsReady && (before.Length > 0 || !keepsEarlyKeys)) return true;
            if (held.Count + keys.Length <= MostHeld) held.AddRange(keys);
            return false;
        }
    }

    /// <summary>No more comes.</summary>
    public void End() => reader?.End();

    void Show(ReadOnlySpan<byte> bytes)
    {
        if (!IsReady && before.Length < MostBefore) before.Append(Encoding.Latin1.GetString(bytes));
        screen.Show(bytes);
    }

    void Found(Mark mark)
    {
        switch (mark.Kind)
        {
            case MarkKind.Ready:
                lock (gate) IsReady = true;
                break;
            case MarkKind.Shell:
                HasLearnt(string.Concat(mark.Text.Where(char.IsAsciiLetterOrDigit)));
                break;
            case MarkKind.End:
                Code = int.Parse(mark.Text, CultureInfo.InvariantCulture);
                break;
            case MarkKind.NoDirectory:
                screen.Line($"{state.DirectoryText} is not there on {machine}.");
                break;
            default:
                state.Learn(mark);
                break;
        }
    }

    void HasLearnt(string shell)
    {
        byte[] keys;
        lock (gate)
        {
            taught.TrySetResult(shell);
            keys = [.. held];
            held.Clear();
        }
        if (keys.Length > 0) _ = Task.Run(() => write(keys));
    }

    static string Word(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
