using Xunit;

namespace SmartClients.Chat.Tests;

public sealed class ChatRulesTests
{
    [Theory]
    [InlineData("lobby", true)]
    [InlineData("a", true)]
    [InlineData("team-7.night_shift", true)]
    [InlineData("", false)]
    [InlineData("Lobby", false)]
    [InlineData("-x", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    [InlineData("größe", false)]
    public void Rooms_have_plain_names(string name, bool good) => Assert.Equal(good, ChatRules.ProblemOfRoom(name) is null);

    [Theory]
    [InlineData("Ada", true)]
    [InlineData("Ada Lovelace", true)]
    [InlineData("<script>alert(1)</script>", true)]
    [InlineData("ада", true)]
    [InlineData("", false)]
    [InlineData(" Ada", false)]
    [InlineData("A\u001b[31mda", false)]
    [InlineData("A\u202Eda", false)]
    [InlineData("A\u200Bda", false)]
    [InlineData("A\nda", false)]
    public void People_have_visible_names(string name, bool good) => Assert.Equal(good, ChatRules.ProblemOfName(name) is null);

    [Theory]
    [InlineData("hello", true)]
    [InlineData("two\nlines\tand a tab", true)]
    [InlineData("👩‍👩‍👧 joined", true)]
    [InlineData("   ", false)]
    [InlineData("bell\a", false)]
    [InlineData("\u001b]0;title\u0007", false)]
    [InlineData("\u2028", false)]
    public void Messages_are_text(string text, bool good) => Assert.Equal(good, ChatRules.ProblemOfText(text) is null);

    // Not as data of a theory: attributes hold no broken strings.
    [Fact]
    public void Half_a_character_is_none()
    {
        foreach (var half in (char[])['\ud800', '\udc00'])
        {
            Assert.NotNull(ChatRules.ProblemOfName("A" + half));
            Assert.NotNull(ChatRules.ProblemOfText("half " + half + " of one"));
        }
    }

    [Fact]
    public void Nothing_is_too_long()
    {
        Assert.Null(ChatRules.ProblemOfText(new string('x', ChatRules.MostText)));
        Assert.NotNull(ChatRules.ProblemOfText(new string('x', ChatRules.MostText + 1)));
        Assert.NotNull(ChatRules.ProblemOfName(new string('x', ChatRules.MostName + 1)));
        Assert.NotNull(ChatRules.ProblemOfRoom(new string('x', ChatRules.MostRoom + 1)));
    }
}
