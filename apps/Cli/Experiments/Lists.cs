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
        Description = description,
        HelpName = "n,n",
        DefaultValueFactory = _ => usual,
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
        Description = description,
        HelpName = "name,name",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var names = Parts(result);
            if (names.FirstOrDefault(name => !Policies.Names.Contains(name)) is { } unknown)
                result.AddError($"--policy '{unknown}' is not a policy: {string.Join(", ", Policies.Names)}");
            return [.. names.Distinct()];
        },
    };

    static string[] Parts(ArgumentResult result) => Text(result).Split(',', StringSplitOptions.TrimEntries);

    static string Text(ArgumentResult result) => result.Tokens is [{ Value: var value }] ? value : "";
}
