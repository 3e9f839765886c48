using System.Globalization;

namespace SmartClients.Benchmarks.Running;

/// <summary>The options after an experiment's name: <c>--name value</c>, or <c>--name</c> alone.</summary>
sealed class Arguments
{
    readonly Dictionary<string, string> given = [];
    readonly Dictionary<string, string> read = [];

    public Arguments(ReadOnlySpan<string> args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) throw new ArgumentException($"'{args[i]}' is not an option.");
            var alone = i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal);
            given[args[i][2..]] = alone ? "" : args[++i];
        }
    }

    public bool Has(string name) => given.Remove(name);

    public string? Text(string name)
    {
        if (given.Remove(name, out var text)) read[name] = text;
        return read.GetValueOrDefault(name);
    }

    public string Needed(string name) => Text(name) ?? throw new ArgumentException($"--{name} is missing.");

    public double Number(string name, double otherwise) =>
        Text(name) is not { } text ? otherwise
            : double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
            : throw new ArgumentException($"--{name} {text}: not a number.");

    public int Count(string name, int otherwise) => (int)Number(name, otherwise);

    /// <summary>The values of a list, each of which must be known; where none is given, those that are usual.</summary>
    public IReadOnlyList<string> Some(string name, IEnumerable<string> known, Func<string, bool>? usual = null)
    {
        var all = known.ToArray();
        if (Text(name) is not { } text) return usual is null ? all : Array.FindAll(all, one => usual(one));
        var wanted = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var one in wanted)
            if (!all.Contains(one)) throw new ArgumentException($"--{name} {one}: one of {string.Join(", ", all)}.");
        return wanted;
    }

    public void CheckAllRead()
    {
        if (given.Count > 0) throw new ArgumentException($"--{given.Keys.First()} means nothing here.");
    }
}
