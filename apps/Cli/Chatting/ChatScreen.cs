using System.Globalization;
using System.Text;
using System.Threading.Channels;
using SmartClients.Chat;

namespace SmartClients.Cli.Chatting;

/// <summary>A room on a whole terminal: who serves at the top, messages, people, and the line being typed at the bottom. What was on the
/// terminal before comes back, however this ends.</summary>
internal sealed class ChatScreen(ChatRoom room, RoomView view, TimeProvider time)
{
    const string Enter = "\e[?1049h\e[?25h";
    const string Leave = "\e[?1049l";

    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(40);

    // What was written last goes along, where a server answers at all.
    static readonly TimeSpan MostLeaving = TimeSpan.FromSeconds(5);

    readonly StringBuilder line = new();
    readonly ScrollBack back = new();
    string shown = "";
    long? left;
    (long Changes, int Width, int Height) painted = (-1, 0, 0);

    /// <summary>Runs until the room ends, Ctrl-D on an empty line, or the cancellation. Whoever leaves with lines that no server has yet waits for
    /// one to take them, for a while.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        Console.Out.Write(Enter);
        try
        {
            var reading = view.RunAsync(room, cancel);
            var keys = Keys();
            using var timer = new PeriodicTimer(Tick, time);
            do
            {
                var typed = false;
                for (; left is null && keys.TryRead(out var key); typed = true) Typed(key);
                Paint(typed);
            }
            while (!reading.IsCompleted && !IsAway() && await timer.WaitForNextTickAsync(cancel));
            if (reading.IsCompleted) await reading;
        }
        finally
        {
            Console.Out.Write(Leave);
        }
    }

    // On a thread of its own: while a key is waited for, the terminal does not show by itself what is typed. It ends with the process.
    static ChannelReader<ConsoleKeyInfo> Keys()
    {
        // Without a bound: they are taken faster than a terminal hands them out, and none may be lost.
        var keys = Channel.CreateUnbounded<ConsoleKeyInfo>();
        new Thread(() =>
        {
            try
            {
                while (true) keys.Writer.TryWrite(Console.ReadKey(intercept: true));
            }
            catch (Exception error) when (error is InvalidOperationException or IOException)
            {
                // The terminal is gone: the signal that says so ends the room.
            }
        })
        { IsBackground = true }.Start();
        return keys.Reader;
    }

    void Typed(ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when line.Length == 0:
                Goodbye();
                break;
            case { Key: ConsoleKey.Enter }:
                Send();
                break;
            case { Key: ConsoleKey.Backspace } when line.Length > 0:
                line.Length = StringInfo.ParseCombiningCharacters(line.ToString())[^1];
                break;
            case { Key: ConsoleKey.PageUp }:
                back.Up();
                break;
            case { Key: ConsoleKey.PageDown }:
                back.Down();
                break;
            case { Key: ConsoleKey.End }:
                back.ToEnd();
                break;
            case { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }:
                line.Clear();
                break;
            case { KeyChar: var character } when !char.IsControl(character):
                if (line.Length < ChatRules.MostText) line.Append(character);
                else view.Problem = $" {ChatRules.MostText} characters are the most of a message: what is beyond is left out";
                break;
        }
    }

    void Goodbye()
    {
        left = time.GetTimestamp();
        if (IsOnItsWay()) view.Problem = " waiting for a server to take what was written; Ctrl-C does not wait";
    }

    bool IsAway() => left is { } since && (!IsOnItsWay() || time.GetElapsedTime(since) > MostLeaving);

    bool IsOnItsWay() => view.Unsent.Any(one => one.State == MessageState.Sending);

    void Send()
    {
        var text = line.ToString();
        if (string.IsNullOrWhiteSpace(text)) return;
        try
        {
            view.Follow(room.Send(text));
            line.Clear();
            back.ToEnd();
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            view.Problem = error.Message;
        }
    }

    string? Below => back.Below is > 0 and var rows ? $" {rows} more row{(rows == 1 ? "" : "s")} below: PageDown, or End" : null;

    // The whole screen as one text, made where there may be something else to see and written where there is: also where the terminal has another size.
    void Paint(bool typed)
    {
        var (width, height) = (Math.Max(20, Console.WindowWidth), Math.Max(6, Console.WindowHeight));
        var now = (view.Changes, width, height);
        if (now == painted && !typed) return;
        painted = now;
        var rows = new List<string> { ScreenText.Fit($" {room.Room}  ·  {view.Served}", width, "\e[7m") };
        rows.AddRange(back.Window(view.Rows(width), height - 4));
        while (rows.Count < height - 3) rows.Insert(1, "");
        rows.Add(ScreenText.Fit(view.Problem ?? Below ?? view.Here, width, "\e[2m"));
        rows.Add(new string('─', width));
        var prompt = "> " + ScreenText.Tail(line.ToString(), width - 4);
        var screen = $"\e[H{string.Join("\e[K\r\n", rows)}\e[K\r\n{prompt}\e[K";
        if (screen == shown) return;
        Console.Out.Write(shown = screen);
    }
}
