using System.Globalization;
using System.Text;
using System.Text.Json;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Keys;

/// <summary>A certificate, for people: a fact a line.</summary>
internal static class CertificateText
{
    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The word of documents for a value: <c>NotYetValid</c> is <c>not_yet_valid</c>.</summary>
    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static string Of(ServiceCertificate certificate, SignedCertificate? signed, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Fact("name", "service://" + certificate.Name);
        Fact("title", certificate.Title);
        Fact("description", certificate.Description);
        Fact("keywords", string.Join(", ", certificate.Keywords));
        Fact("serial", certificate.Serial.ToString(CultureInfo.InvariantCulture));
        Fact("issued", Time(certificate.Issued));
        Fact("expires", $"{Time(certificate.Expires)} ({Standing(certificate, now)})");
        Fact("endpoints", string.Join(", ", certificate.Endpoints));
        Fact("sources", string.Join(", ", certificate.Sources) + (certificate.SignedMembers ? " (signed only)" : ""));
        Fact("policy", Policy(certificate.Policy));
        Fact("limits", Limits(certificate.Limits));
        Fact("use", certificate.Interface.Command);
        Fact("page", certificate.Interface.Page?.AbsoluteUri);
        Fact("key", signed?.Key ?? "nobody has signed it");
        Fact("next key", certificate.NextKey);
        foreach (var link in signed?.Lineage ?? []) Fact("key before", string.Create(CultureInfo.InvariantCulture, $"{link.Key}, handed over in serial {link.Certificate.Serial}"));
        return text.ToString();

        void Fact(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) text.Append(CultureInfo.InvariantCulture, $"{name,-12}{value}\n");
        }
    }

    static string Standing(ServiceCertificate certificate, DateTimeOffset now) => Trust.FreshnessOf(certificate, now) switch
    {
        Freshness.Fresh => string.Create(CultureInfo.InvariantCulture, $"in {(certificate.Expires - now).TotalDays:0.#} days"),
        Freshness.Stale => "ended; may still serve while no newer one can be had",
        Freshness.Ended => "ended",
        _ => "not yet valid, or this machine's clock is wrong",
    };

    static string Policy(CertifiedPolicy policy) => Joined(
        policy.Name,
        policy.Affinity is { } affinity ? $"affinity {OnOff(affinity)}" : null,
        policy.Hedge is { } hedge ? $"hedge {OnOff(hedge)}" : null,
        policy.Timeout is { } timeout ? Seconds("timeout", timeout) : null,
        policy.AttemptTimeout is { } attempt ? Seconds("attempt timeout", attempt) : null);

    static string Limits(CertifiedLimits limits) => limits == new CertifiedLimits() ? "" : Joined(
        string.Create(CultureInfo.InvariantCulture, $"{limits.Members} members"),
        limits.Attempts is { } attempts ? string.Create(CultureInfo.InvariantCulture, $"{attempts} attempts") : null,
        limits.RetryShare is { } retries ? string.Create(CultureInfo.InvariantCulture, $"{retries:0.##%} retries") : null,
        limits.HedgeShare is { } hedges ? string.Create(CultureInfo.InvariantCulture, $"{hedges:0.##%} hedges") : null);

    static string Joined(params string?[] parts) => string.Join(", ", parts.Where(part => part is not null));

    static string OnOff(bool value) => value ? "on" : "off";

    static string Seconds(string name, TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{name} {span.TotalSeconds:0.###} s");
}
