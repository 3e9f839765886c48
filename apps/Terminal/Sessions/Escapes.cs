using System.Buffers;

namespace SmartClients.Terminals.Sessions;

/// <summary>
/// Finds, in what is typed, the escapes that are ours: at the beginning of a line <c>~.</c> leaves, and <c>~</c> Ctrl-Z stops the
/// program. All others go through, to ssh, which has more of them.
/// </summary>
/// <param name="send">Given the keys that go through.</param>
/// <param name="leave">The user leaves.</param>
/// <param name="suspend">The user stops the program for a while.</param>
internal sealed class Escapes(Escapes.Sender send, Action leave, Action suspend)
{
    /// <summary>Sends keys to the machine.</summary>
    public delegate void Sender(ReadOnlySpan<byte> keys);

    const byte Tilde = (byte)'~';
    const byte ControlZ = 0x1a;

    readonly ArrayBufferWriter<byte> through = new();
    bool atStart = true;
    bool afterTilde;

    public void Type(ReadOnlySpan<byte> keys)
    {
        foreach (var key in keys)
        {
            if (afterTilde)
            {
                afterTilde = false;
                if (key is (byte)'.' or ControlZ)
                {
                    Flush();
                    atStart = true;
                    (key == ControlZ ? suspend : leave)();
                    continue;
                }
                through.Write([Tilde]);
            }
            else if (atStart && key == Tilde)
            {
                (afterTilde, atStart) = (true, false);
                continue;
            }
            through.Write([key]);
            atStart = key is (byte)'\r' or (byte)'\n';
        }
        Flush();
    }

    void Flush()
    {
        if (through.WrittenCount > 0) send(through.WrittenSpan);
        through.ResetWrittenCount();
    }
}
