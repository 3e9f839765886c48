using Xunit;

namespace SmartClients.Chat.Tests;

public sealed class ChatServiceTests
{
    [Theory]
    [InlineData("service://now-chat/lobby", "service://now-chat", "lobby")]
    [InlineData("list:a:80,b:80/team-1", "list:a:80,b:80", "team-1")]
    public void An_address_names_a_service_and_a_room(string text, string service, string room) => Assert.Equal((service, room), ChatService.Address(text));

    [Theory]
    [InlineData("service://now-chat")]
    [InlineData("service://now-chat/")]
    [InlineData("lobby")]
    [InlineData("service://now-chat/NO ROOM")]
    public void What_is_none_is_refused_with_the_remedy(string text) => Assert.Contains(text.Length > 5 ? "'" : "SERVICE/ROOM", Assert.Throws<FormatException>(() => ChatService.Address(text)).Message, StringComparison.Ordinal);
}
