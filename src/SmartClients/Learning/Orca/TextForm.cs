using System.Globalization;

namespace SmartClients.Learning.Orca;

/// <summary>
/// <c>cpu_utilization=0.3, named_metrics.requests_in_flight=12</c>. Read on every reply of a server that helps: spans only, and no
/// allocation but the report. A colon is read too in the place of the equals sign, as older proxies write it.
/// </summary>
internal static class TextForm
{
    const int Longest = 512;

    public static bool TryRead(ReadOnlySpan<char> text, ref Figures figures)
    {
        while (!text.IsEmpty)
        {
            var comma = text.IndexOf(',');
            var entry = comma < 0 ? text : text[..comma];
            text = comma < 0 ? [] : text[(comma + 1)..];
            entry = entry.Trim();
            // An empty list element is allowed in any HTTP header.
            if (entry.IsEmpty) continue;
            var sign = entry.IndexOfAny('=', ':');
            if (sign <= 0) return false;
            if (!double.TryParse(entry[(sign + 1)..].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return false;
            var name = entry[..sign].TrimEnd();
            if (name is FigureNames.OldRequestsPerSecond) figures.SetOldRequestsPerSecond(value);
            else figures.Set(FigureNames.Find(name), value);
        }
        return true;
    }

    public static string Write(LoadReport report)
    {
        Span<char> buffer = stackalloc char[Longest];
        OrcaReader.TextPrefix.CopyTo(buffer);
        var start = OrcaReader.TextPrefix.Length;
        var end = start;
        Add(Figure.Cpu, FigureNames.Cpu, report.CpuUtilization, buffer, ref end);
        Add(Figure.Memory, FigureNames.Memory, report.MemoryUtilization, buffer, ref end);
        Add(Figure.Application, FigureNames.Application, report.ApplicationUtilization, buffer, ref end);
        Add(Figure.RequestsPerSecond, FigureNames.RequestsPerSecond, report.RequestsPerSecond, buffer, ref end);
        Add(Figure.ErrorsPerSecond, FigureNames.ErrorsPerSecond, report.ErrorsPerSecond, buffer, ref end);
        Add(Figure.InFlight, FigureNames.NamedMetrics + "." + FigureNames.InFlight, report.RequestsInFlight, buffer, ref end);
        Add(Figure.Latency, FigureNames.NamedMetrics + "." + FigureNames.Latency, report.Latency, buffer, ref end);
        Add(Figure.Cost, FigureNames.RequestCost + "." + FigureNames.Cost, report.RequestCost, buffer, ref end);
        return end == start ? "" : new string(buffer[..(end - 2)]);
    }

    // Eight names of at most 34 characters, each with a number of at most 24, always fit.
    static void Add(Figure figure, string name, double? value, Span<char> buffer, ref int end)
    {
        if (value is not { } number || !Figures.CanBeTrue(figure, number)) return;
        name.CopyTo(buffer[end..]);
        end += name.Length;
        buffer[end++] = '=';
        number.TryFormat(buffer[end..], out var written, default, CultureInfo.InvariantCulture);
        end += written;
        buffer[end++] = ',';
        buffer[end++] = ' ';
    }
}
