using System.Text.Json;
using System.Text.Json.Serialization;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>What <c>--json</c> prints, and what is kept in a folder: an experiment that was interrupted goes on from it.</summary>
/// <param name="Conditions">What all points have in common.</param>
/// <param name="Points">What was measured, in the order of measuring.</param>
/// <param name="Paper">The paper's figures.</param>
internal sealed record Results(Conditions Conditions, IReadOnlyList<Point> Points, IReadOnlyList<PaperPoint> Paper)
{
    public const string FileName = "results.json";

    const long MostBytes = 16 << 20;

    [JsonIgnore]
    public long Failed => Points.Sum(point => point.Failed);

    public Point? Of(Case one) => Points.FirstOrDefault(point => point.IsOf(one));

    public Results With(Point point) => this with { Points = [.. Points, point] };

    /// <summary>What a folder holds already; nothing measured, when it holds nothing.</summary>
    /// <exception cref="UsageException">It was measured under other conditions, or is none of ours.</exception>
    public static Results Open(string? folder, Conditions conditions)
    {
        var none = new Results(conditions, [], PaperPoint.All);
        if (folder is null) return none;
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) return none;
        Results? kept;
        try
        {
            if (new FileInfo(file).Length > MostBytes) throw new UsageException($"'{file}' is larger than {MostBytes >> 20} MiB: give another folder with --out");
            kept = JsonSerializer.Deserialize(File.ReadAllBytes(file), Documents.Default.Results);
        }
        catch (JsonException)
        {
            kept = null;
        }
        if (kept is not { Conditions: not null, Points: not null }) throw new UsageException($"'{file}' holds no results of this experiment: give another folder with --out");
        if (kept.Conditions != conditions)
            throw new UsageException($"'{file}' was measured otherwise ({kept.Conditions.Words}; now {conditions.Words}): give another folder with --out");
        return none with { Points = kept.Points };
    }

    /// <summary>Keeps it in a folder; whole, or not at all.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, FileName);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(this, Documents.Default.Results) + "\n");
        File.Move(file + ".new", file, overwrite: true);
    }
}
