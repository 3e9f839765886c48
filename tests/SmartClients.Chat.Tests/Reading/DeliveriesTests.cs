using SmartClients.Chat.Reading;
using Xunit;

namespace SmartClients.Chat.Tests.Reading;

public sealed class DeliveriesTests
{
    static readonly SenderKey Ada = SenderKey.Create();
    static readonly SenderKey Bob = SenderKey.Create();

    [Fact]
    public void Each_message_is_taken_once()
    {
        var deliveries = new Deliveries(null);
        deliveries.Begin(new VersionVector());
        Assert.True(deliveries.Take(Message(Ada, 1)));
        Assert.False(deliveries.Take(Message(Ada, 1)));
        Assert.True(deliveries.Take(Message(Bob, 1)));
        Assert.True(deliveries.Take(Message(Ada, 2)));
        Assert.False(deliveries.Take(Message(Ada, 1)));
        Assert.Equal((2, 1), (deliveries.Have![Ada.Sender], deliveries.Have[Bob.Sender]));
    }

    [Fact]
    public void A_message_after_a_gap_is_not_taken()
    {
        var deliveries = new Deliveries(null);
        deliveries.Begin(new VersionVector());
        Assert.Throws<InvalidDataException>(() => deliveries.Take(Message(Ada, 2)));
        Assert.True(deliveries.Take(Message(Ada, 1)));
    }

    [Fact]
    public void What_is_older_than_the_history_counts_as_had()
    {
        var older = new VersionVector();
        older.Advance(Ada.Sender, 5);
        var deliveries = new Deliveries(null);
        deliveries.Begin(older);
        Assert.False(deliveries.Take(Message(Ada, 5)));
        Assert.True(deliveries.Take(Message(Ada, 6)));
        // Another server's history changes nothing.
        deliveries.Begin(new VersionVector());
        Assert.False(deliveries.Take(Message(Ada, 6)));
    }

    static ChatMessage Message(SenderKey key, long sequence) => new(key.Sender, sequence, "id", "name", "text", 0);
}
