using System.Buffers;
using System.Text;
using SmartClients.Terminals.Local;
using static SmartClients.Terminals.Telnet.TelnetBytes;

namespace SmartClients.Terminals.Telnet;

/// <summary>
/// Telnet on one connection (RFC 854, 855), without the connection: takes commands out of what comes, answers them, and puts them into
/// what goes. An option's state changes once for each agreement, as in RFC 1143, so that no two ends answer each other for ever.
/// </summary>
/// <param name="terminal">The kind of terminal.</param>
/// <param name="size">The window's.</param>
internal sealed class TelnetCodec(string terminal, WindowSize size)
{
    const int MostParameters = 256;
    const int MostReply = 64 << 10;
    const byte Return = (byte)'\r';
    const byte Send = 1;

    readonly ArrayBufferWriter<byte> text = new();
    readonly ArrayBufferWriter<byte> reply = new();
    readonly List<byte> parameters = [];
    readonly Agreement[] ours = new Agreement[256];
    readonly Agreement[] theirs = new Agreement[256];
    State state;
    byte verb;
    bool afterReturn;

    enum State
    {
        Text,
        Command,
        Option,
        Parameters,
        ParametersCommand,
    }

    enum Agreement
    {
        Off,
        Asked,
        On,
    }

    /// <summary>The other end has spoken telnet.</summary>
    public bool IsTelnet { get; private set; }

    /// <summary>The other end shows what is typed.</summary>
    public bool Echoes => theirs[Echo] == Agreement.On;

    /// <summary>Reads a piece of any size.</summary>
    /// <returns>What is for the user, and what to answer. Valid until the next call.</returns>
    public (ReadOnlyMemory<byte> Text, ReadOnlyMemory<byte> Reply) Receive(ReadOnlySpan<byte> bytes)
    {
        text.ResetWrittenCount();
        reply.ResetWrittenCount();
        while (!bytes.IsEmpty)
        {
            var plain = state == State.Text && !afterReturn ? bytes.IndexOfAny(Command, Return) : 0;
            if (plain < 0) plain = bytes.Length;
            text.Write(bytes[..plain]);
            bytes = bytes[plain..];
            if (bytes.IsEmpty) break;
            Take(bytes[0]);
            bytes = bytes[1..];
        }
        return (text.WrittenMemory, reply.WrittenMemory);
    }

    void Take(byte next)
    {
        switch (state)
        {
            case State.Text when next == Command:
                state = State.Command;
                break;
            case State.Text:
                // A carriage return alone is sent with a NUL after it.
                if (!afterReturn || next != 0 || theirs[Binary] == Agreement.On) text.Write([next]);
                afterReturn = next == Return;
                break;
            case State.Command:
                Begin(next);
                break;
            case State.Option:
                state = State.Text;
                Negotiate(verb, next);
                break;
            case State.Parameters when next == Command:
                state = State.ParametersCommand;
                break;
            case State.Parameters:
                Keep(next);
                break;
            case State.ParametersCommand when next == Command:
                state = State.Parameters;
                Keep(next);
                break;
            default:
                state = State.Text;
                if (next == SubnegotiationEnd) Answer();
                else Begin(next);
                break;
        }
    }

    void Begin(byte command)
    {
        if (command == Command)
        {
            (state, afterReturn) = (State.Text, false);
            text.Write([command]);
            return;
        }
        if (!IsTelnet) Offer();
        IsTelnet = true;
        (state, verb) = command switch
        {
            Will or Wont or Do or Dont => (State.Option, command),
            Subnegotiation => (State.Parameters, command),
            _ => (State.Text, command),
        };
        parameters.Clear();
    }

    void Keep(byte next)
    {
        // One too many stays as a sign that it was too long.
        if (parameters.Count <= MostParameters) parameters.Add(next);
    }

    /// <summary>Only once the other end has shown that it speaks telnet: a plain service would take it for input.</summary>
    void Offer()
    {
        foreach (var option in (byte[])[Binary, SuppressGoAhead])
        {
            theirs[option] = Agreement.Asked;
            Say(Do, option);
        }
        foreach (var option in (byte[])[Binary, TerminalType, TelnetBytes.WindowSize])
        {
            ours[option] = Agreement.Asked;
            Say(Will, option);
        }
    }

    void Negotiate(byte word, byte option)
    {
        switch (word)
        {
            case Do when option == TimingMark:
                Say(Will, option);
                break;
            case Do when option is Binary or SuppressGoAhead or TerminalType or TelnetBytes.WindowSize:
                if (ours[option] == Agreement.On) break;
                if (ours[option] == Agreement.Off) Say(Will, option);
                ours[option] = Agreement.On;
                if (option == TelnetBytes.WindowSize) SaySize();
                break;
            case Do:
                Say(Wont, option);
                break;
            case Dont:
                if (ours[option] == Agreement.On) Say(Wont, option);
                ours[option] = Agreement.Off;
                break;
            case Will when option is Binary or Echo or SuppressGoAhead:
                if (theirs[option] == Agreement.Off) Say(Do, option);
                theirs[option] = Agreement.On;
                break;
            case Will when option != TimingMark:
                Say(Dont, option);
                break;
            case Wont:
                if (theirs[option] == Agreement.On) Say(Dont, option);
                theirs[option] = Agreement.Off;
                break;
        }
    }

    void Answer()
    {
        if (parameters is not [TerminalType, Send] || ours[TerminalType] != Agreement.On) return;
        Say([Command, Subnegotiation, TerminalType, 0, .. Encoding.ASCII.GetBytes(terminal), Command, SubnegotiationEnd]);
    }

    void SaySize()
    {
        List<byte> saying = [Command, Subnegotiation, TelnetBytes.WindowSize];
        foreach (var part in (byte[])[(byte)(size.Columns >> 8), (byte)size.Columns, (byte)(size.Rows >> 8), (byte)size.Rows])
        {
            saying.Add(part);
            if (part == Command) saying.Add(part);
        }
        Say([.. saying, Command, SubnegotiationEnd]);
    }

    void Say(byte word, byte option) => Say([Command, word, option]);

    // Whoever asks so much at once does not want to know.
    void Say(ReadOnlySpan<byte> saying)
    {
        if (reply.WrittenCount < MostReply) reply.Write(saying);
    }

    /// <summary>The window has another size.</summary>
    /// <returns>What to send; nothing when the other end does not want to know.</returns>
    public byte[] Resize(WindowSize next)
    {
        size = next;
        if (ours[TelnetBytes.WindowSize] != Agreement.On) return [];
        reply.ResetWrittenCount();
        SaySize();
        return reply.WrittenSpan.ToArray();
    }

    /// <summary>A question that every telnet answers, whether it knows the option or not.</summary>
    public static byte[] Ping { get; } = [Command, Do, TimingMark];

    /// <summary>Keys as they are sent.</summary>
    public byte[] Encode(ReadOnlySpan<byte> keys)
    {
        var sent = new ArrayBufferWriter<byte>(keys.Length + 16);
        foreach (var key in keys)
            if (key == Command) sent.Write([Command, Command]);
            else if (key != Return || ours[Binary] == Agreement.On) sent.Write([key]);
            else sent.Write([Return, Echoes ? (byte)0 : (byte)'\n']);
        return sent.WrittenSpan.ToArray();
    }
}
