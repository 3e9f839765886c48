using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SmartClients.Picking;

namespace SmartClients.Cli.Experiments;

/// <summary>Options with several values, with commas between: what an experiment is repeated for.</summary>
internal static class Lists
{
    /// <summary>Whole numbers within bounds, each once.</summary>
    public static Option<IReadOnlyList<int>> Numbers(string name, string description, IReadOnlyList<int> usual, int least, int most) => new(name)
    {
        Description = $"{description} Default: {string.Join(',', usual)}.",
        HelpName = "n,n",
        CustomParser = result =>
        {
            var numbers = new List<int>();
            foreach (var part in Parts(result))
            {
                if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most || numbers.Contains(number))
                    result.AddError($"{name} '{Text(result)}' is not a list of different numbers from {least} to {most}: write 1,2,4");
                numbers.Add(number);
            }
            return numbers;
        },
    };

    /// <summary>Policies, each once.</summary>
    public static Option<IReadOnlyList<string>> PoliciesOf(string description, IReadOnlyList<string> usual) => new("--policy")
    {
        Description = $"{description} Default: {string.Join(',', usual)}.",
        HelpName = "name,name",
        CustomParser = result =>
        {
            var names = Parts(result);
            if (names.FirstOrDefault(name => !Policies.Names.Contains(name)) is { } unknown)
                result.AddError($"--policy '{unknown}' is not a policy: {string.Join(", ", Policies.Names)}");
            return [.. names.Distinct()];
        },
    };

    /// <summary>What was given; the usual, where nothing was. No default of the option itself: the help would write it another way than it is read.</summary>
    public static IReadOnlyList<T> Given<T>(ParseResult parsed, Option<IReadOnlyList<T>> option, IReadOnlyList<T> usual) =>
        parsed.GetResult(option) is null ? usual : parsed.GetValue(option)!;

    static string[] Parts(ArgumentResult result) => Text(result).Split(',', StringSplitOptions.TrimEntries);

    static string Text(ArgumentResult result) => result.Tokens is [{ Value: var value }] ? value : "";
}
