using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SmartClients.Benchmarks.Running;

/// <summary>A page of results, as people read it (Markdown) and as programs do (JSON).</summary>
sealed class Report
{
    readonly StringBuilder text = new();

    public Report(string title, string command, string reading)
    {
        Line($"# {title}");
        Line();
        Line($"`{command}`, {DateTime.UtcNow:yyyy-MM-dd}; {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSArchitecture} {Environment.OSVersion.Platform}. {reading}");
    }

    public void Line(string line = "") => text.Append(line).Append('\n');

    public void Table(string heading, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line();
        if (heading.Length > 0)
        {
            Line($"## {heading}");
            Line();
        }
        Line($"| {string.Join(" | ", columns)} |");
        Line($"|{string.Concat(columns.Select((_, i) => i == 0 ? "---|" : "---:|"))}");
        foreach (var row in rows) Line($"| {string.Join(" | ", row)} |");
    }

    /// <summary>Writes <c>NAME.md</c>, and <c>NAME.json</c> with every single figure, and shows the page.</summary>
    public void Write(string name, Arguments arguments, object raw)
    {
        var folder = Folder(arguments);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name + ".md"), text.ToString());
        File.WriteAllText(Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(raw) + "\n");
        Console.Out.Write(text);
    }

    /// <summary>The single figures that an earlier run of the experiment wrote; none where there was none.</summary>
    public static IReadOnlyList<T> Earlier<T>(string name, Arguments arguments)
    {
        var file = Path.Combine(Folder(arguments), name + ".json");
        return File.Exists(file) ? JsonSerializer.Deserialize<List<T>>(File.ReadAllText(file))! : [];
    }

    public static string Number(double value, string format = "0.0") =>
        double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);

    static string Folder(Arguments arguments) => arguments.Text("out") ?? Path.Combine(Root(), "bench", "results");

    static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "SmartClients.slnx"))) return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
