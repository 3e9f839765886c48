using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace SmartClients.Terminals.Marks;

/// <summary>
/// Takes our marks out of the output of a machine, and reads OSC 7 in passing. A mark is <c>ESC ] 7770 ; key ; what BEL</c>; one with
/// another key is not ours and is shown like everything else. Pieces may be of any size.
/// </summary>
/// <param name="key">What only the shell and we know.</param>
/// <param name="show">Given what is for the user.</param>
/// <param name="found">Told of each mark, when all before it was shown.</param>
internal sealed class MarkReader(string key, MarkReader.Shower show, Action<Mark> found)
{
    /// <summary>Shows bytes to the user.</summary>
    public delegate void Shower(ReadOnlySpan<byte> bytes);

    const byte Escape = 0x1b;
    const byte Bell = 0x07;
    const int MostDirectory = 8 << 10;
    const int MostMark = 512 << 10;

    static readonly byte[] DirectoryStart = "\e]7;"u8.ToArray();

    readonly byte[] ours = Encoding.ASCII.GetBytes($"\e]7770;{key};");
    readonly ArrayBufferWriter<byte> held = new();
    readonly ArrayBufferWriter<byte> visible = new();

    enum Step
    {
        /// <summary>It may still become something that is read.</summary>
        More,

        /// <summary>It has.</summary>
        Done,

        /// <summary>It is something else.</summary>
        Not,
    }

    /// <summary>Reads one piece.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (held.WrittenCount == 0 && bytes.IndexOf(Escape) is not 0 and var at)
            {
                visible.Write(at < 0 ? bytes : bytes[..at]);
                bytes = at < 0 ? [] : bytes[at..];
            }
            bytes = Hold(bytes);
        }
        Show();
    }

    /// <summary>There will be no more: what was held back is shown.</summary>
    public void End()
    {
        Release(0);
        Show();
    }

    ReadOnlySpan<byte> Hold(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
            switch (Take(bytes[i]))
            {
                case Step.Done:
                    return bytes[(i + 1)..];
                case Step.Not:
                    // An escape that ends nothing may begin something.
                    Release(held.WrittenCount > 1 && held.WrittenSpan[^1] == Escape ? 1 : 0);
                    return bytes[i..];
            }
        return [];
    }

    Step Take(byte next)
    {
        if (Begins(ours, next) || Begins(DirectoryStart, next)) return Keep(next);
        var (mine, escaped) = (held.WrittenSpan.StartsWith(ours), held.WrittenSpan[^1] == Escape);
        if (!mine && !held.WrittenSpan.StartsWith(DirectoryStart) || held.WrittenCount >= (mine ? MostMark : MostDirectory)) return Step.Not;
        if (next != Bell && !(escaped && next == '\\')) return escaped || next < 0x20 && next != Escape ? Step.Not : Keep(next);
        Complete(mine, escaped ? 1 : 0);
        return Step.Done;

        Step Keep(byte one)
        {
            held.Write([one]);
            return Step.More;
        }
    }

    bool Begins(ReadOnlySpan<byte> start, byte next)
    {
        var at = held.WrittenCount;
        return at < start.Length && start[at] == next && start[..at].SequenceEqual(held.WrittenSpan);
    }

    void Release(int keep)
    {
        visible.Write(held.WrittenSpan[..^keep]);
        held.ResetWrittenCount();
        if (keep > 0) held.Write([Escape]);
    }

    void Show()
    {
        if (visible.WrittenCount == 0) return;
        show(visible.WrittenSpan);
        visible.ResetWrittenCount();
    }

    void Complete(bool mine, int escape)
    {
        var body = held.WrittenSpan[(mine ? ours : DirectoryStart).Length..^escape].ToArray();
        // The user's terminal may want to know the directory too.
        if (!mine) visible.Write([.. held.WrittenSpan[..^escape], Bell]);
        held.ResetWrittenCount();
        Show();
        if ((mine ? Read(body) : Directory(body)) is { } mark) found(mark);
    }

    static Mark? Read(byte[] body)
    {
        var text = Encoding.Latin1.GetString(body);
        var cut = text.IndexOf(';', StringComparison.Ordinal);
        var (what, value) = cut < 0 ? (text, "") : (text[..cut], text[(cut + 1)..]);
        return what switch
        {
            "ready" => new Mark(MarkKind.Ready, ""),
            "shell" => new Mark(MarkKind.Shell, value),
            "base" => Decoded(MarkKind.Base, value),
            "env" => Decoded(MarkKind.Environment, value),
            "dir" => Decoded(MarkKind.Directory, value),
            "nodir" => new Mark(MarkKind.NoDirectory, ""),
            "end" when byte.TryParse(value, out _) => new Mark(MarkKind.End, value),
            _ => null,
        };
    }

    // Neither paths nor variables need be UTF-8: each byte becomes a character, and a byte again when it is sent.
    static Mark? Decoded(MarkKind kind, string value)
    {
        if (!Base64.IsValid(value, out var length)) return null;
        var bytes = new byte[length];
        return Convert.TryFromBase64String(value, bytes, out var count) ? new Mark(kind, Encoding.Latin1.GetString(bytes, 0, count)) : null;
    }

    /// <summary>The path of <c>file://host/path</c>; nothing where it is not one that can be gone to.</summary>
    static Mark? Directory(byte[] body)
    {
        const string Scheme = "file://";
        var text = Encoding.UTF8.GetString(body);
        if (!text.StartsWith(Scheme, StringComparison.Ordinal) || text.IndexOf('/', Scheme.Length) is not (>= 0 and var slash)) return null;
        var path = Uri.UnescapeDataString(text[slash..]);
        return path.Any(char.IsControl) ? null : new Mark(MarkKind.Directory, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(path)));
    }
}
