using System.Text;
using SmartClients.Terminals.Local;
using SmartClients.Terminals.Telnet;
using Xunit;

namespace SmartClients.Terminals.Tests.Telnet;

public class TelnetCodecTests
{
    const byte Iac = 255, Do = 253, Dont = 254, Will = 251, Wont = 252, Sb = 250, Se = 240;

    readonly TelnetCodec codec = new("xterm", new WindowSize(24, 255));

    (string Text, byte[] Reply) Receive(params byte[] bytes)
    {
        var (text, reply) = codec.Receive(bytes);
        return (Encoding.Latin1.GetString(text.Span), reply.ToArray());
    }

    /// <summary>The first command, and what is offered after it.</summary>
    void Open() => Receive(Iac, Do, 99);

    [Fact]
    public void A_plain_service_is_sent_nothing_but_what_is_typed()
    {
        Assert.Equal(("hello\r\n", []), Receive("hello\r\n"u8.ToArray()));
        Assert.False(codec.IsTelnet);
        Assert.Equal("ab\r\n"u8.ToArray(), codec.Encode("ab\r"u8));
    }

    [Fact]
    public void Its_first_command_is_answered_with_what_is_spoken_here()
    {
        var (_, reply) = Receive(Iac, Do, 99);

        Assert.Equal([Iac, Do, 0, Iac, Do, 3, Iac, Will, 0, Iac, Will, 24, Iac, Will, 31, Iac, Wont, 99], reply);
    }

    [Fact]
    public void Commands_are_taken_out_in_pieces_of_any_size()
    {
        byte[] all = [(byte)'a', Iac, Will, 1, (byte)'b', Iac, Iac, Iac, Sb, 77, 1, Iac, Iac, 2, Iac, Se, (byte)'c', (byte)'\r', 0, (byte)'d'];

        var text = string.Concat(all.Select(one => Receive(one).Text));

        Assert.Equal("ab\u00ffc\rd", text);
        Assert.True(codec.Echoes);
    }

    [Fact]
    public void An_agreement_is_answered_once()
    {
        Open();
        Assert.Equal([Iac, Do, 1], Receive(Iac, Will, 1).Reply);
        Assert.Empty(Receive(Iac, Will, 1).Reply);
        Assert.Equal([Iac, Dont, 1], Receive(Iac, Wont, 1).Reply);
        Assert.Empty(Receive(Iac, Wont, 1).Reply);
        Assert.Empty(Receive(Iac, Dont, 24).Reply);
        Assert.Equal([Iac, Will, 3], Receive(Iac, Do, 3).Reply);
        Assert.Equal([Iac, Wont, 3], Receive(Iac, Dont, 3).Reply);
    }

    [Fact]
    public void The_terminals_kind_and_size_are_told_when_asked_and_the_size_when_it_changes()
    {
        Open();
        Assert.Empty(codec.Resize(new WindowSize(24, 255)));
        Assert.Equal([Iac, Sb, 31, 0, 255, 255, 0, 24, Iac, Se], Receive(Iac, Do, 31).Reply);
        Assert.Equal([Iac, Sb, 31, 1, 4, 0, 30, Iac, Se], codec.Resize(new WindowSize(30, 260)));
        Assert.Empty(Receive(Iac, Do, 24).Reply);
        Assert.Equal([Iac, Sb, 24, 0, .. "xterm"u8, Iac, Se], Receive(Iac, Sb, 24, 1, Iac, Se).Reply);
        Assert.Empty(Receive(Iac, Sb, 24, 0, Iac, Se).Reply);
    }

    [Fact]
    public void Keys_are_encoded_for_what_was_agreed()
    {
        Open();
        Receive(Iac, Will, 1);
        Assert.Equal([Iac, Iac, (byte)'a', (byte)'\r', 0, (byte)'\n'], codec.Encode([255, (byte)'a', (byte)'\r', (byte)'\n']));
        Receive(Iac, Do, 0);
        Assert.Equal([Iac, Iac, (byte)'\r'], codec.Encode([255, (byte)'\r']));
    }

    [Fact]
    public void A_timing_mark_is_answered()
    {
        Open();
        Assert.Equal([Iac, Will, 6], Receive(Iac, Do, 6).Reply);
        Assert.Empty(Receive(Iac, Will, 6).Reply);
        Assert.Empty(Receive(Iac, Wont, 6).Reply);
    }

    [Fact]
    public void Whoever_asks_without_end_gets_a_bounded_answer()
    {
        var asking = Enumerable.Repeat((byte[])[Iac, Do, 99], 1_000_000).SelectMany(x => x).ToArray();

        Assert.InRange(Receive(asking).Reply.Length, 1, (64 << 10) + 300);
    }
}
