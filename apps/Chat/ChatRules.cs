using System.Buffers;
using System.Globalization;
using System.Text;

namespace SmartClients.Chat;

/// <summary>What is a room's name, a person's, a message; and how large they may be. The same on both sides.</summary>
public static class ChatRules
{
    /// <summary>The most characters of a message.</summary>
    public const int MostText = 4000;

    /// <summary>The most characters of a person's name.</summary>
    public const int MostName = 40;

    /// <summary>The most characters of a room's name.</summary>
    public const int MostRoom = 64;

    internal const int SenderLength = 24;
    internal const int MostId = 64;
    internal const long LatestTime = 253402300799999;

    internal static readonly SearchValues<char> Base64UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    static readonly SearchValues<char> RoomCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>What is wrong with a room's name; <see langword="null"/> where nothing is.</summary>
    public static string? ProblemOfRoom(string? room) =>
        room is { Length: > 0 and <= MostRoom } && room.AsSpan().IndexOfAnyExcept(RoomCharacters) < 0 && char.IsAsciiLetterOrDigit(room[0]) ? null
            : $"That is not the name of a room: small letters, digits, '-', '_' and '.', beginning with a letter or digit, at most {MostRoom}.";

    /// <summary>What is wrong with a person's name; <see langword="null"/> where nothing is.</summary>
    public static string? ProblemOfName(string? name)
    {
        if (name is not { Length: > 0 and <= MostName } || name != name.Trim()) return $"A name has 1 to {MostName} characters, and no space around it.";
        return IsPlain(name, lines: false) ? null : "A name has no control characters, no invisible ones, and no broken ones.";
    }

    /// <summary>What is wrong with a message; <see langword="null"/> where nothing is.</summary>
    public static string? ProblemOfText(string? text)
    {
        if (text is not { Length: > 0 and <= MostText } || string.IsNullOrWhiteSpace(text))
            return $"A message has 1 to {MostText} characters, and not spaces alone: divide a longer one.";
        return IsPlain(text, lines: true) ? null : "A message has no control characters but line breaks and tabs, and no broken characters.";
    }

    internal static bool IsSender(string? sender) => sender is { Length: SenderLength } && sender.AsSpan().IndexOfAnyExcept(Base64UrlCharacters) < 0;

    internal static bool IsId(string? id) => id is { Length: > 0 and <= MostId } && id.AsSpan().IndexOfAnyExcept(Base64UrlCharacters) < 0;

    /// <summary>What is wrong with a whole message, as a server or a peer sends it; <see langword="null"/> where nothing is.</summary>
    internal static string? ProblemOf(ChatMessage message) =>
        !IsSender(message.Sender) ? "A sender has 24 characters of base64url."
        : message.Sequence is < 1 or > MostSequence ? "A sequence number is from 1 on."
        : !IsId(message.Id) ? $"An identity has 1 to {MostId} characters of base64url."
        : message.Written is < 0 or > LatestTime ? "A time is in milliseconds since 1970."
        : ProblemOfName(message.Name) ?? ProblemOfText(message.Text);

    internal const long MostSequence = 1L << 53;

    // Terminals obey control characters, and directions that are turned round make one text look like another.
    static bool IsPlain(string text, bool lines)
    {
        for (var i = 0; i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var used) != OperationStatus.Done) return false;
            i += used;
            if (lines && rune.Value is '\n' or '\t') continue;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) return false;
            if (rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)) return false;
            if (!lines && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format) return false;
        }
        return true;
    }
}
