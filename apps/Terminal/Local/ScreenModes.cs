using System.Text;

namespace SmartClients.Terminals.Local;

/// <summary>Which of the modes that programs set on a screen are set: when a machine dies, its programs undo nothing.</summary>
internal sealed class ScreenModes
{
    /// <summary>Cursor keys, autowrap, the second screen, the cursor, the mouse, focus, pasting.</summary>
    static readonly int[] Known = [1, 7, 25, 47, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1047, 1049, 2004];

    /// <summary>Those that a terminal begins with.</summary>
    static readonly int[] SetAtFirst = [7, 25];

    const int MostText = 32;

    readonly HashSet<int> changed = [];
    readonly StringBuilder text = new();
    State state;

    enum State
    {
        Ground,
        Escape,
        Bracket,
        Private,
    }

    /// <summary>Looks for <c>ESC [ ? number ; number h</c> or <c>l</c>, in pieces of any size.</summary>
    public void Watch(ReadOnlySpan<byte> bytes)
    {
        if (state == State.Ground && !bytes.Contains((byte)'\e')) return;
        foreach (var next in bytes)
        {
            state = (state, next) switch
            {
                (_, (byte)'\e') => State.Escape,
                (State.Escape, (byte)'[') => State.Bracket,
                (State.Bracket, (byte)'?') => State.Private,
                (State.Private, >= (byte)'0' and <= (byte)'9' or (byte)';') when text.Length < MostText => State.Private,
                (State.Private, (byte)'h' or (byte)'l') => Changed(next == 'h'),
                _ => State.Ground,
            };
            if (state != State.Private) text.Clear();
            else if (next != '?') text.Append((char)next);
        }
    }

    State Changed(bool set)
    {
        foreach (var word in text.ToString().Split(';'))
            if (int.TryParse(word, out var mode) && Known.Contains(mode))
            {
                if (set != SetAtFirst.Contains(mode)) changed.Add(mode);
                else changed.Remove(mode);
            }
        return State.Ground;
    }

    /// <summary>What to write so that all is as at first; nothing where it is.</summary>
    public byte[] TakeReset()
    {
        if (changed.Count == 0) return [];
        // The second screen last: leaving it brings back the cursor's place.
        var reset = string.Concat(changed.Order().Select(mode => $"\e[?{mode}{(SetAtFirst.Contains(mode) ? 'h' : 'l')}")) + "\e>\e[0m\e(B";
        changed.Clear();
        return Encoding.ASCII.GetBytes(reset);
    }
}
