using System.Globalization;

namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>Times as RFC 3659 §2.3 has them: <c>20261124071500</c> or <c>20261124071500.25</c>, in UTC.</summary>
internal static class FtpTime
{
    /// <summary>Reads one; <see langword="null"/> when it is none.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        if (!DateTimeOffset.TryParseExact(whole, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return null;
        if (point < 0) return time;
        var fraction = text[(point + 1)..];
        if (fraction.IsEmpty || fraction.Length > 9 || fraction.ContainsAnyExceptInRange('0', '9')) return null;
        return time.AddTicks((long)(double.Parse($"0.{fraction}", CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond));
    }
}
