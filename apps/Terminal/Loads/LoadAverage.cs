using System.Globalization;
using System.Text.RegularExpressions;
using SmartClients.Learning;

namespace SmartClients.Terminals.Loads;

/// <summary>Reads a load average, as <c>/proc/loadavg</c> or <c>uptime</c> tell it, and the number of processors on the line after it.</summary>
internal static partial class LoadAverage
{
    const int MostText = 4096;

    /// <summary>A report; <see langword="null"/> where the text is something else.</summary>
    public static LoadReport? Read(string text)
    {
        if (text.Length > MostText || Load().Match(text) is not { Success: true } match) return null;
        var load = Number(match.Groups[1].Value);
        var processors = Processors().Match(text) is { Success: true } count ? Number(count.Groups[1].Value) : 1;
        return new LoadReport { CpuUtilization = load / Math.Max(1, processors) };
    }

    static double Number(string text) => double.Parse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?:^|load averages?:\s*)([0-9]{1,6}[.,][0-9]{1,3})[,\s]\s*[0-9]{1,6}[.,][0-9]{1,3}[,\s]", RegexOptions.None, 1000)]
    private static partial Regex Load();

    [GeneratedRegex(@"\n\s*([0-9]{1,5})\s*$", RegexOptions.None, 1000)]
    private static partial Regex Processors();
}
