using System.Buffers;
using System.Text.Json;
using SmartClients.Chat;
using SmartClients.Chat.Server.Gossip;
using SmartClients.Chat.Server.Serving;
using SmartClients.Chat.Wire;

namespace SmartClients.Fuzz.Targets;

/// <summary>What a chat server reads from clients and peers, and a client from servers.</summary>
internal sealed class ChatTarget : FuzzTarget
{
    static readonly SenderKey Key = SenderKey.Create();

    public override string Name => "chat";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8($$$"""{"secret":"{{{Key.Secret}}}","sequence":1,"name":"ada","text":"hello"}"""),
        Utf8($$$"""{"secret":"{{{Key.Secret}}}","sequence":3,"name":"ada","text":"hello","before":[{"id":"a","text":"one"},{"id":"b","text":"two"}]}"""),
        Utf8($$$"""{"have":{"{{{Key.Sender}}}":3},"history":50,"name":"ada","secret":"{{{Key.Secret}}}","token":"1.x"}"""),
        Utf8($$$"""{"message":{"sender":"{{{Key.Sender}}}","sequence":1,"id":"x","name":"ada","text":"hello","written":1000}}"""),
        Utf8($$$"""{"hello":{"server":"s","room":"lobby","beat":250,"have":{"{{{Key.Sender}}}":3},"total":false,"own":3}}"""),
        Utf8("""{"people":{"count":2,"names":["ada","bob"]}}"""),
        Utf8("""{"bye":{"reason":"it is leaving","final":false}}"""),
        Utf8($$$$"""{"store":"s","last":7,"rooms":[{"room":"lobby","have":{"{{{{Key.Sender}}}}":3}}],"seen":1,"people":{"lobby":{"count":1,"names":["ada"]}}}"""),
        Utf8($$$"""{"messages":[{"sender":"{{{Key.Sender}}}","sequence":1,"id":"x","name":"ada","text":"hello","written":1000}]}"""),
        Utf8($$$"""{"secret":"{{{Key.Secret}}}","next":2,"have":{"{{{Key.Sender}}}":3},"unsettled":[{"id":"x","text":"hello","sequence":1,"sent":true}]}"""),
    ];

    public override IReadOnlyList<string> Words { get; } = [Key.Sender, Key.Secret, "\"sequence\"", "\"have\"", "\\ud800", "\\u202e", "9007199254740993", "1e99", "null", "[]", "{}"];

    public override string Feed(byte[] input)
    {
        string[] read = [Posts(input), Requests(input), Frames(input), Changes(input), Missing(input), States(input)];
        // Fields may be left out, and others be there: most JSON is a little of everything.
        return (read.Any(one => one != "-") ? "read " : "refused ") + string.Join(' ', read);
    }

    static string Posts(byte[] input)
    {
        var post = Read(input, ChatJson.Default.Post);
        if (post is null || SenderKey.TryOf(post.Secret) is not { } key) return "-";
        return Verdict(new ChatMessage(key.Sender, post.Sequence, "id", post.Name ?? "", post.Text ?? "", 0));
    }

    static string Requests(byte[] input) => Read(input, ChatJson.Default.ReadRequest) is { } request ? $"r{request.Have?.Count}{request.History is 0}" : "-";

    static string Frames(byte[] input) => Try(input, ChatJson.Default.Frame) is not { } frame ? "-"
        : frame.Message is { } message ? Verdict(message) : $"{frame.Hello?.Have?.Count}{frame.People?.Names?.Count}{frame.Bye is not null}{frame.Beat is not null}";

    static string Changes(byte[] input) => Try(input, GossipJson.Default.ChangesAnswer) is { } answer ? $"c{answer.Rooms?.Count}" : "-";

    static string Missing(byte[] input) => Try(input, GossipJson.Default.MissingAnswer)?.Messages is { } messages ? "m" + string.Concat(messages.Select(message => message is null ? "0" : Verdict(message))) : "-";

    static string States(byte[] input) => Try(input, ChatJson.Default.ChatState) is { } state ? $"s{state.Next is 1}" : "-";

    static string Verdict(ChatMessage message)
    {
        if (ChatRules.ProblemOf(message) is { } problem) return problem[..8];
        Must(!message.Name.Any(char.IsControl), "names are plain");
        Must(message.Text.All(one => !char.IsControl(one) || one is '\n' or '\t'), "messages are plain");
        Must(message.Sequence >= 1, "messages are numbered");
        return "good";
    }

    static T? Read<T>(byte[] input, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return Body.Parse(new ReadOnlySequence<byte>(input), type);
        }
        catch (Refusal)
        {
            return null;
        }
    }

    static T? Try<T>(byte[] input, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(input, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override bool Documents(Exception error) => false;
}
