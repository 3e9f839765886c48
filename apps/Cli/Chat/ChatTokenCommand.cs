using System.CommandLine;
using SmartClients.Chat;
using SmartClients.Chat.Server.Serving;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Chat;

/// <summary><c>smart chat-token</c>: what opens a room that is not public.</summary>
internal sealed class ChatTokenCommand : SmartCommand
{
    public ChatTokenCommand(TimeProvider time) : base("chat-token", "Makes a token for a chat room that is not public.")
    {
        var room = new Argument<string>("room") { Description = "The room." };
        var secret = new Option<string>("--secret") { Description = "The file with the secret of the group's servers.", HelpName = "file", Required = true };
        var days = Parameters.Count("--days", "How long it opens the room. Default: 30.", 30, 1, 3650);
        Add(room);
        Add(secret);
        Add(days);
        SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetValue(room)!;
            if (ChatRules.ProblemOfRoom(name) is { } problem) throw new UsageException($"'{name}': {problem}");
            var text = await ChatServerCommand.SecretAsync(parsed.GetValue(secret)!, cancel);
            Console.Out.WriteLine(RoomToken.Create(name, text, time.GetUtcNow().AddDays(parsed.GetValue(days) ?? 30)));
            return ExitCode.Done;
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart chat-token team-blue --secret group.secret",
        "smart chat-token team-blue --secret group.secret --days 1",
    ];
}
