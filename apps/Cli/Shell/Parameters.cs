using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SmartClients.Picking;

namespace SmartClients.Cli.Shell;

/// <summary>Options that several commands share, and values that need checking.</summary>
internal static class Parameters
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document instead." };

    public static Option<string> Policy()
    {
        var option = new Option<string>("--policy")
        {
            Description = "How replicas are picked.",
            DefaultValueFactory = _ => Policies.Default,
            HelpName = "name",
        };
        option.AcceptOnlyFromAmong([.. Policies.Names]);
        return option;
    }

    /// <summary>A time such as <c>5</c>, <c>2.5s</c> or <c>250ms</c>.</summary>
    public static Option<TimeSpan?> Duration(string name, string description, TimeSpan least, TimeSpan most) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result =>
        {
            if (TryDuration(Text(result), out var span) && span >= least && span <= most) return span;
            result.AddError($"{name} '{Text(result)}' is not a time from {Words(least)} to {Words(most)}: write 5s or 250ms");
            return null;
        },
    };

    /// <summary>A number within bounds.</summary>
    public static Option<double?> Number(string name, string description, double? fallback, double least, double most) => new(name)
    {
        Description = description,
        HelpName = "n",
        DefaultValueFactory = fallback is null ? null : _ => fallback,
        CustomParser = result => Number(result, name, least, most),
    };

    /// <summary>A whole number within bounds.</summary>
    public static Option<int?> Count(string name, string description, int? fallback, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "n",
        DefaultValueFactory = fallback is null ? null : _ => fallback,
        CustomParser = result =>
        {
            var number = Number(result, name, least, most);
            if (number % 1 is > 0) result.AddError($"{name} '{Text(result)}' is not a whole number");
            return (int?)number;
        },
    };

    static double? Number(ArgumentResult result, string name, double least, double most)
    {
        if (double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        result.AddError(Invariant($"{name} '{Text(result)}' is not a number from {least} to {most}"));
        return null;
    }

    static string Text(ArgumentResult result) => result.Tokens is [{ Value: var value }] ? value : "";

    static bool TryDuration(string text, out TimeSpan span)
    {
        var (digits, unit) = text.EndsWith("ms", StringComparison.Ordinal) ? (text[..^2], 1e-3)
            : text.EndsWith('s') ? (text[..^1], 1.0)
            : text.EndsWith('m') ? (text[..^1], 60.0) : (text, 1.0);
        var read = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * unit < 1e9;
        span = read ? TimeSpan.FromSeconds(number * unit) : default;
        return read;
    }

    static string Words(TimeSpan span) => span < TimeSpan.FromSeconds(1) ? Invariant($"{span.TotalMilliseconds:0.###}ms") : Invariant($"{span.TotalSeconds:0.###}s");

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
