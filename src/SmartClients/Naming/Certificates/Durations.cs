using System.Globalization;

namespace SmartClients.Naming.Certificates;

/// <summary>Spans of time in ISO 8601: <c>P7D</c>, <c>P2W</c>, <c>PT1.5S</c>, <c>P1DT12H</c>. No years and no months: nobody knows how long those are.</summary>
internal static class Durations
{
    static readonly (char Unit, long Ticks)[] Days = [('W', 7 * TimeSpan.TicksPerDay), ('D', TimeSpan.TicksPerDay)];
    static readonly (char Unit, long Ticks)[] Hours = [('H', TimeSpan.TicksPerHour), ('M', TimeSpan.TicksPerMinute), ('S', TimeSpan.TicksPerSecond)];

    public static bool TryRead(string text, out TimeSpan span)
    {
        span = default;
        var cut = text.IndexOf('T', StringComparison.Ordinal);
        var (date, clock) = cut < 0 ? (text, null) : (text[..cut], text[(cut + 1)..]);
        if (!date.StartsWith('P') || clock is null && date.Length == 1 || clock?.Length == 0) return false;
        if (!TryAdd(date.AsSpan(1), Days, ref span) || !TryAdd(clock, Hours, ref span)) return false;
        return true;
    }

    public static string Write(TimeSpan span)
    {
        var days = (long)span.TotalDays;
        var rest = span - TimeSpan.FromDays(days);
        var date = days > 0 ? string.Create(CultureInfo.InvariantCulture, $"{days}D") : "";
        if (rest == TimeSpan.Zero) return days > 0 ? "P" + date : "PT0S";
        var seconds = (rest.Ticks % TimeSpan.TicksPerMinute) / (decimal)TimeSpan.TicksPerSecond;
        return string.Create(CultureInfo.InvariantCulture,
            $"P{date}T{(rest.Hours > 0 ? $"{rest.Hours}H" : "")}{(rest.Minutes > 0 ? $"{rest.Minutes}M" : "")}{(seconds > 0 ? $"{seconds:0.#######}S" : "")}");
    }

    static bool TryAdd(ReadOnlySpan<char> text, (char Unit, long Ticks)[] units, ref TimeSpan span)
    {
        foreach (var (unit, ticks) in units)
        {
            var end = text.IndexOf(unit);
            if (end < 0) continue;
            // Only seconds have parts, and no number is longer than what a century needs.
            var style = unit == 'S' ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
            if (end is 0 or > 15 || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[end - 1])
                || !decimal.TryParse(text[..end], style, CultureInfo.InvariantCulture, out var number) || number * ticks > TimeSpan.TicksPerDay * 40_000L)
                return false;
            span += TimeSpan.FromTicks((long)(number * ticks));
            text = text[(end + 1)..];
        }
        return text.IsEmpty;
    }
}
