using System.Globalization;

namespace SmartClients.Experiments.Running;

/// <summary>The figures of single runs, kept in a file line by line as they come: an experiment of an hour goes on where it was stopped.</summary>
sealed class Ledger
{
    readonly string path;
    readonly string header;
    readonly Lock gate = new();
    readonly Dictionary<string, double[]> lines = [];

    /// <param name="path">The file; there, or to be made.</param>
    /// <param name="key">The columns that say which run it was.</param>
    /// <param name="figures">The columns of what came of it.</param>
    public Ledger(string path, IReadOnlyList<string> key, IReadOnlyList<string> figures)
    {
        (this.path, header) = (path, string.Join(',', [.. key, .. figures]));
        if (!File.Exists(path)) return;
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var columns = line.Split(',');
            lines[Key(columns[..key.Count])] = [.. columns[key.Count..].Select(column => double.Parse(column, CultureInfo.InvariantCulture))];
        }
    }

    /// <summary>What came of a run; <see langword="null"/> when it has not been.</summary>
    public double[]? Find(params IReadOnlyList<object> key)
    {
        lock (gate) return lines.GetValueOrDefault(Key(key));
    }

    public void Add(IReadOnlyList<object> key, double[] figures)
    {
        lock (gate)
        {
            if (lines.Count == 0) File.WriteAllText(path, header + "\n");
            lines[Key(key)] = figures;
            File.AppendAllText(path, string.Join(',', [Key(key), .. figures.Select(f => Page.Number(f, "0.####"))]) + "\n");
        }
    }

    static string Key(IEnumerable<object> columns) => string.Join(',', columns.Select(c => Convert.ToString(c, CultureInfo.InvariantCulture)));
}
