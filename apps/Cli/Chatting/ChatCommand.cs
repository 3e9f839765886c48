using System.CommandLine;
using SmartClients.Chat;
using SmartClients.Cli.Naming;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;
using SmartClients.Naming;

namespace SmartClients.Cli.Chatting;

/// <summary><c>smart chat</c>: a room: a whole screen at a terminal; in a pipe, a line for each message, and each line that comes is written.</summary>
internal sealed class ChatCommand : SmartCommand
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly Argument<string> room = new("room") { Description = "SERVICE/ROOM, where SERVICE is service://now-chat, list:host:port,host:port, …" };
    readonly Option<string?> name = new("--name") { Description = "What one is called. Default: the user's name.", HelpName = "name" };
    readonly Option<int?> history = Parameters.Count("--history", "How many of the last messages are shown first. Default: 20.", 20, 0, 1000);
    readonly Option<string?> token = new("--token") { Description = "What opens a room that is not public (smart chat-token).", HelpName = "token" };
    readonly Option<bool> readOnly = new("--read") { Description = "Only read, whatever standard input holds, until interrupted." };
    readonly Option<bool> json = new("--json") { Description = "Print a JSON object a line: each message, and each change of the server." };
    readonly NamingParameters naming = new();

    public ChatCommand(TimeProvider time) : base("chat", "Enters a chat room: at a terminal as a screen, in a pipe line by line (UTF-8; colours and other escape sequences are left out).")
    {
        Add(room);
        foreach (var option in (Option[])[name, history, token, readOnly, json, .. naming.All]) Add(option);
        SetAction((parsed, cancel) => RunAsync(parsed, time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart chat service://now-chat/lobby --directory http://127.0.0.1:8700",
        "smart chat list:127.0.0.1:8701,127.0.0.1:8702/lobby --name Ada",
        "make 2>&1 | tail -1 | smart chat service://now-chat/builds --name ci    # writes, waits until a server has it, ends",
        "smart chat service://now-chat/team-blue --token \"$(cat blue.token)\"      # a room that is not public",
        "smart chat service://now-chat/lobby --read --json                       # follows a room",
    ];

    async Task<int> RunAsync(ParseResult parsed, TimeProvider time, CancellationToken cancel)
    {
        var (service, place) = ChatService.Address(parsed.GetValue(room)!);
        var reading = parsed.GetValue(readOnly);
        await using var names = new NameTable(naming.Read(parsed), time);
        var opened = await names.OpenAsync(ServiceName.Parse(service), 80, refresh: false, Patience, cancel);
        await using var director = new Director(opened.Name, opened.Source, OptionsOf(opened, time));
        await using var joined = ChatRoom.Join(director, place, new ChatRoomOptions
        {
            Name = reading ? null : parsed.GetValue(name) ?? Environment.UserName,
            History = parsed.GetValue(history) ?? 20,
            Token = parsed.GetValue(token),
            Scheme = opened.Scheme(null),
        });
        if (!reading && !parsed.GetValue(json) && Terminal.OutputIsLive && !Console.IsInputRedirected)
            return await OnScreenAsync(joined, time, cancel);
        var printer = new LinePrinter(Console.Out, parsed.GetValue(json), time);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var printing = printer.RunAsync(joined, done.Token);
        var writing = reading ? Task.Delay(Timeout.InfiniteTimeSpan, time, done.Token) : new LineWriter(new PipedLines(Console.OpenStandardInput())).RunAsync(joined, done.Token);
        var first = await Task.WhenAny(printing, writing);
        // What was piped in ends with the pipe, once servers have all of it.
        await done.CancelAsync();
        await Task.WhenAll(printing, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancel.IsCancellationRequested) return ExitCode.Interrupted;
        await first;
        return printer.Problem is { } problem ? throw new IOException(problem) : ExitCode.Done;
    }

    /// <summary>A director's options: chat's, where the service has no wishes of its own.</summary>
    internal static DirectorOptions OptionsOf(Naming.OpenName opened, TimeProvider time) => opened.Options(time, ChatService.Options);

    static async Task<int> OnScreenAsync(ChatRoom room, TimeProvider time, CancellationToken cancel)
    {
        var view = new RoomView();
        try
        {
            await new ChatScreen(room, view, time).RunAsync(cancel);
        }
        finally
        {
            // The screen with them on it is gone.
            foreach (var line in view.Unsent) Messages.Problem($"not sent: '{line.Text}': {line.Problem ?? "no server has taken it"}");
        }
        return view.Closed is { } reason ? throw new IOException(reason) : view.Unsent.Count > 0 ? ExitCode.WorkFailed : ExitCode.Done;
    }
}
