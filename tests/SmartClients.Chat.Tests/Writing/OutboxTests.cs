using SmartClients.Chat.Writing;
using Xunit;

namespace SmartClients.Chat.Tests.Writing;

public sealed class OutboxTests
{
    [Fact]
    public void Messages_are_numbered_when_they_are_first_sent()
    {
        var outbox = new Outbox(null);
        var (one, two) = (outbox.Add("one"), outbox.Add("two"));
        Assert.Equal(0, one.Sequence);
        Assert.Same(one, outbox.Next());
        Assert.Equal((1, 0), (one.Sequence, two.Sequence));
        outbox.Stored(one);
        Assert.Same(two, outbox.Next());
        Assert.Equal(2, two.Sequence);
    }

    [Fact]
    public void What_is_refused_leaves_no_gap()
    {
        var outbox = new Outbox(null);
        var (one, two) = (outbox.Add("one"), outbox.Add("two"));
        outbox.Next();
        outbox.Refused(one, "no");
        Assert.Equal((MessageState.Refused, "no"), (one.State, one.Problem));
        Assert.Same(two, outbox.Next());
        Assert.Equal(1, two.Sequence);
    }

    [Fact]
    public void What_is_sent_is_kept_until_it_is_everywhere()
    {
        var outbox = new Outbox(null);
        var one = outbox.Add("one");
        outbox.Next();
        outbox.Stored(one);
        Assert.Equal([one], outbox.Run(1, one));
        outbox.Everywhere(1);
        Assert.Equal(MessageState.Everywhere, one.State);
        Assert.Empty(outbox.Run(1, one));
    }

    [Fact]
    public void What_is_everywhere_before_its_writer_was_answered_is_so_afterwards()
    {
        var outbox = new Outbox(null);
        var one = outbox.Add("one");
        outbox.Next();
        outbox.Everywhere(1);
        Assert.Equal(MessageState.Sending, one.State);
        outbox.Stored(one);
        Assert.Equal(MessageState.Everywhere, one.State);
    }

    [Fact]
    public void A_number_that_an_earlier_process_used_is_passed_over()
    {
        var outbox = new Outbox(new ChatState { Secret = SenderKey.Create().Secret, Next = 3 });
        var (one, two) = (outbox.Add("one"), outbox.Add("two"));
        outbox.Next();
        outbox.Renumber(one, 7);
        Assert.Equal(7, one.Sequence);
        outbox.Stored(one);
        outbox.Next();
        Assert.Equal(8, two.Sequence);
    }

    [Fact]
    public void Another_process_goes_on_with_what_was_on_its_way()
    {
        var outbox = new Outbox(null);
        var (one, _, _) = (outbox.Add("one"), outbox.Add("two"), outbox.Add("three"));
        outbox.Next();
        outbox.Stored(one);
        outbox.Next();
        var (next, unsettled) = outbox.State;
        var again = new Outbox(new ChatState { Secret = "", Next = next, Unsettled = unsettled });
        Assert.Equal([("one", 1L, MessageState.Sent), ("two", 2L, MessageState.Sending), ("three", 0L, MessageState.Sending)], again.Unsettled.Select(message => (message.Text, message.Sequence, message.State)));
        Assert.Equal("two", again.Next()!.Text);
        again.Stored(again.Next()!);
        Assert.Equal(3, again.Next()!.Sequence);
    }

    [Fact]
    public void Not_too_many_wait()
    {
        var outbox = new Outbox(null);
        for (var i = 0; i < Outbox.MostUnsent; i++) outbox.Add("x");
        Assert.Throws<InvalidOperationException>(() => outbox.Add("x"));
        for (var i = 0; i < Outbox.MostUnsent; i++) outbox.Stored(outbox.Next()!);
        for (var i = 0; i < 3 * Outbox.MostUnsent; i++)
        {
            outbox.Add("x");
            outbox.Stored(outbox.Next()!);
        }
        Assert.Equal(Outbox.MostSent, outbox.Unsettled.Count);
    }

    [Fact]
    public void What_the_readers_server_lacks_is_sent_again_and_together()
    {
        var outbox = new Outbox(null);
        var own = Sent(outbox, 5);
        outbox.Everywhere(1);
        var added = outbox.Added;
        outbox.ServerHas(2);
        Assert.True(added.IsCompleted);
        Assert.Same(own[4], outbox.Next());
        Assert.Equal(own[2..], outbox.With(own[4]));
        outbox.Stored(own[2..]);
        Assert.Null(outbox.Next());
        Assert.False(outbox.Added.IsCompleted);
    }

    [Fact]
    public void A_server_that_lacks_nothing_is_sent_nothing()
    {
        var outbox = new Outbox(null);
        var own = Sent(outbox, 2);
        Assert.Null(outbox.Next());
        outbox.ServerHas(2);
        Assert.Null(outbox.Next());
        outbox.Everywhere(2);
        outbox.ServerHas(0);
        Assert.Null(outbox.Next());
        Assert.All(own, one => Assert.Equal(MessageState.Everywhere, one.State));
    }

    [Fact]
    public void What_is_to_be_sent_takes_along_what_the_readers_server_lacks()
    {
        var outbox = new Outbox(null);
        var own = Sent(outbox, 2);
        outbox.ServerHas(0);
        var next = outbox.Add("three");
        Assert.Same(next, outbox.Next());
        Assert.Equal([.. own, next], outbox.With(next));
    }

    [Fact]
    public void What_a_server_refuses_to_be_given_again_stays_sent()
    {
        var outbox = new Outbox(null);
        var one = Sent(outbox, 1)[0];
        outbox.ServerHas(0);
        Assert.Same(one, outbox.Next());
        outbox.Refused(one, "no");
        Assert.Null(outbox.Next());
        Assert.Equal(MessageState.Sent, one.State);
        Assert.False(outbox.Renumber(one, 7));
        outbox.Add("two");
        Assert.Equal(2, outbox.Next()!.Sequence);
    }

    [Fact]
    public void So_many_go_together_and_no_more()
    {
        var outbox = new Outbox(null);
        var own = Sent(outbox, 40);
        Assert.Equal(own[3..19], outbox.Run(4, own[39]));
        Assert.Equal(own[37..39], outbox.Run(38, own[38]));
        Assert.Empty(outbox.Run(41, own[39]));
        outbox = new Outbox(null);
        own = Sent(outbox, 4, new string('x', 4000));
        Assert.Equal(own[..2], outbox.Run(1, own[3]));
    }

    static OwnMessage[] Sent(Outbox outbox, int count, string text = "line")
    {
        var own = Enumerable.Range(0, count).Select(_ => outbox.Add(text)).ToArray();
        foreach (var one in own)
        {
            outbox.Next();
            outbox.Stored(one);
        }
        return own;
    }
}
