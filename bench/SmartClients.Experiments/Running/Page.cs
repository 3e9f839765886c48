using System.Globalization;
using System.Text;

namespace SmartClients.Experiments.Running;

/// <summary>A page of results: what was published beside what was simulated.</summary>
sealed class Page(string name, Settings settings)
{
    readonly StringBuilder text = new();

    public string Name => name;

    public string Folder => settings.Folder;

    public void Title(string title, string about)
    {
        Line("# " + title);
        Line();
        Line(string.Create(CultureInfo.InvariantCulture,
            $"`dotnet run -c Release --project bench/SmartClients.Experiments -- {name} {settings.SeedsAsGiven} --scale {settings.Scale}`; seeds from {settings.First}. {about}"));
    }

    public void Line(string line = "") => text.Append(line).Append('\n');

    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line();
        Line($"| {string.Join(" | ", columns)} |");
        Line($"|{string.Concat(columns.Select((_, i) => i == 0 ? "---|" : "---:|"))}");
        foreach (var row in rows) Line($"| {string.Join(" | ", row)} |");
        Line();
    }

    public void Picture(string alternative, IEnumerable<string> files)
    {
        foreach (var file in files)
            if (file.EndsWith(".svg", StringComparison.Ordinal)) Line($"![{alternative}]({Path.GetFileName(file)})");
    }

    public void Write()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, name + ".md"), text.ToString());
        Console.Out.Write(text);
    }

    public static string Number(double value, string format = "0.0") => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Several figures in one cell.</summary>
    public static string Both(IEnumerable<double> values, string format) => string.Join(" / ", values.Select(value => Number(value, format)));

    public static string Percent(double share, string format = "0.0") => Number(100 * share, format) + " %";

    /// <summary>How far a figure is from another, in percent.</summary>
    public static string OffBy(double figure, double other, int digits = 1)
    {
        // Rounded first, so that what is next to nothing has no sign of its own; adding zero takes that of a negative zero.
        var off = Math.Round(100 * (figure / other - 1), digits) + 0.0;
        return (off >= 0 ? "+" : "") + off.ToString("F" + digits, CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>Milliseconds; TO where the deadline was reached.</summary>
    public static string Time(double ms, double deadline) => ms >= deadline * 0.999 ? "TO" : Number(ms);
}
