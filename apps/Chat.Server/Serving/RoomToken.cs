using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmartClients.Chat.Server.Serving;

/// <summary>What opens a room that is not public: when it ends, and a code over room and end that only the group's secret makes.</summary>
public static class RoomToken
{
    /// <summary>A token for a room.</summary>
    public static string Create(string room, string secret, DateTimeOffset ends)
    {
        var until = ends.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return until + "." + Code(secret, $"room\n{room}\n{until}");
    }

    internal static bool IsGood(string token, string room, string secret, DateTimeOffset now)
    {
        if (token.Length > 100 || token.Split('.') is not [var until, var code]) return false;
        return long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && now.ToUnixTimeSeconds() < end
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(Code(secret, $"room\n{room}\n{until}")));
    }

    internal static string OfPeers(string secret) => Code(secret, "peer");

    static string Code(string secret, string of) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(of)));
}
