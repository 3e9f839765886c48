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
        Assert.Same(one, outbox.FirstUnsent());
        Assert.Equal((1, 0), (one.Sequence, two.Sequence));
        outbox.Stored(one);
        Assert.Same(two, outbox.FirstUnsent());
        Assert.Equal(2, two.Sequence);
    }

    [Fact]
    public void What_is_refused_leaves_no_gap()
    {
        var outbox = new Outbox(null);
        var (one, two) = (outbox.Add("one"), outbox.Add("two"));
        outbox.FirstUnsent();
        outbox.Refused(one, "no");
        Assert.Equal((MessageState.Refused, "no"), (one.State, one.Problem));
        Assert.Same(two, outbox.FirstUnsent());
        Assert.Equal(1, two.Sequence);
    }

    [Fact]
    public void What_is_sent_is_kept_until_it_is_everywhere()
    {
        var outbox = new Outbox(null);
        var one = outbox.Add("one");
        outbox.FirstUnsent();
        outbox.Stored(one);
        Assert.Same(one, outbox.Find(1));
        outbox.Everywhere(1);
        Assert.Equal(MessageState.Everywhere, one.State);
        Assert.Null(outbox.Find(1));
    }

    [Fact]
    public void What_is_everywhere_before_its_writer_was_answered_is_so_afterwards()
    {
        var outbox = new Outbox(null);
        var one = outbox.Add("one");
        outbox.FirstUnsent();
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
        outbox.FirstUnsent();
        outbox.Renumber(one, 7);
        Assert.Equal(7, one.Sequence);
        outbox.Stored(one);
        outbox.FirstUnsent();
        Assert.Equal(8, two.Sequence);
    }

    [Fact]
    public void Another_process_goes_on_with_what_was_on_its_way()
    {
        var outbox = new Outbox(null);
        var (one, _, _) = (outbox.Add("one"), outbox.Add("two"), outbox.Add("three"));
        outbox.FirstUnsent();
        outbox.Stored(one);
        outbox.FirstUnsent();
        var (next, unsettled) = outbox.State;
        var again = new Outbox(new ChatState { Secret = "", Next = next, Unsettled = unsettled });
        Assert.Equal([("one", 1L, MessageState.Sent), ("two", 2L, MessageState.Sending), ("three", 0L, MessageState.Sending)], again.Unsettled.Select(message => (message.Text, message.Sequence, message.State)));
        Assert.Equal("two", again.FirstUnsent()!.Text);
        again.Stored(again.FirstUnsent()!);
        Assert.Equal(3, again.FirstUnsent()!.Sequence);
    }

    [Fact]
    public void Not_too_many_wait()
    {
        var outbox = new Outbox(null);
        for (var i = 0; i < Outbox.MostUnsent; i++) outbox.Add("x");
        Assert.Throws<InvalidOperationException>(() => outbox.Add("x"));
        for (var i = 0; i < Outbox.MostUnsent; i++) outbox.Stored(outbox.FirstUnsent()!);
        for (var i = 0; i < 3 * Outbox.MostUnsent; i++)
        {
            outbox.Add("x");
            outbox.Stored(outbox.FirstUnsent()!);
        }
        Assert.Equal(Outbox.MostSent, outbox.Unsettled.Count);
    }
}
