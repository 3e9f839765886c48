using SmartClients.Cli.Shell;
using SmartClients.Picking;
using SmartClients.Simulation;
using SmartClients.Simulation.Describing;

namespace SmartClients.Cli.Simulating;

/// <summary>What the command line says about scenarios and policies, read and checked.</summary>
internal static class ScenarioInput
{
    const long Largest = 1 << 20;

    /// <summary>A file's scenario, or one that comes along.</summary>
    public static Scenario Read(string argument)
    {
        if (ScenarioReader.Shipped.Contains(argument)) return ScenarioReader.Find(argument);
        if (!File.Exists(argument))
            throw new UsageException($"There is no file '{argument}', and no scenario of that name: {string.Join(", ", ScenarioReader.Shipped)}.");
        if (new FileInfo(argument).Length > Largest) throw new UsageException($"'{argument}' is above {Largest} bytes, which is no scenario.");
        try
        {
            return ScenarioReader.Parse(File.ReadAllBytes(argument));
        }
        catch (FormatException error)
        {
            throw new UsageException($"{argument}: {error.Message}");
        }
    }

    /// <summary>What replicas tell of their load, where the command line says so.</summary>
    public static Help? Help(string? word) => word switch
    {
        "none" => Simulation.Describing.Help.None,
        "replies" => Simulation.Describing.Help.WithReplies,
        "probes" => Simulation.Describing.Help.WithProbes,
        _ => null,
    };

    /// <summary>The contenders of a list of names; all of the table, and the oracle, for <c>all</c>.</summary>
    public static IReadOnlyList<Contender> Contenders(string names)
    {
        var each = names == "all" ? [.. Policies.Names, "jsq"] : names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (each.Length == 0) throw new UsageException($"--policy names nobody: write all, or some of {string.Join(", ", Policies.Names)}.");
        try
        {
            return [.. each.Distinct().Select(Contender.Named)];
        }
        catch (ArgumentException error)
        {
            throw new UsageException("--policy: " + error.Message.Split(" (Parameter", 2)[0]);
        }
    }
}
