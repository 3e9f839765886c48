using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SmartClients.Chat;

/// <summary>
/// What makes somebody a sender: a secret of its own making, whose hash is the sender's name on every message. Whoever does not know
/// the secret cannot write as that sender. A secret belongs to one running program: two that shared one would number their messages alike.
/// </summary>
public sealed class SenderKey
{
    const int SecretBytes = 32;
    const int SenderBytes = 18;

    SenderKey(string secret, string sender) => (Secret, Sender) = (secret, sender);

    /// <summary>To be kept to oneself, and told to the servers only.</summary>
    public string Secret { get; }

    /// <summary>The name that everybody sees.</summary>
    public string Sender { get; }

    /// <summary>A new one.</summary>
    public static SenderKey Create() => Of(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>The one that has this secret.</summary>
    /// <exception cref="FormatException">That is no secret.</exception>
    public static SenderKey Of(string secret) => TryOf(secret)
        ?? throw new FormatException("That is no sender's secret: it is 43 characters of base64url, as SenderKey.Create makes them.");

    /// <summary>The one that has this secret; <see langword="null"/> where it is none.</summary>
    internal static SenderKey? TryOf(string? secret) =>
        secret is { Length: 43 } && secret.AsSpan().IndexOfAnyExcept(ChatRules.Base64UrlCharacters) < 0
            ? new SenderKey(secret, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes("chat sender\n" + secret)).AsSpan(0, SenderBytes)))
            : null;

    /// <summary>The sender, never the secret.</summary>
    public override string ToString() => Sender;
}
