using Xunit;

namespace SmartClients.Chat.Tests;

public sealed class SenderKeyTests
{
    [Fact]
    public void A_secret_leads_to_one_sender_and_not_back()
    {
        var key = SenderKey.Create();
        Assert.Equal(key.Sender, SenderKey.Of(key.Secret).Sender);
        Assert.Equal(24, key.Sender.Length);
        Assert.DoesNotContain(key.Sender, key.Secret, StringComparison.Ordinal);
        Assert.NotEqual(key.Sender, SenderKey.Create().Sender);
        Assert.DoesNotContain(key.Secret, key.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void What_is_no_secret_is_refused(string text) => Assert.Throws<FormatException>(() => SenderKey.Of(text));
}
