using System.Diagnostics;

namespace SmartClients.Bench.Processes;

/// <summary>A program that can be started in one of a bench's roles.</summary>
/// <param name="File">What is started.</param>
/// <param name="Leading">What comes before the role.</param>
public sealed record ChildProgram(string File, IReadOnlyList<string> Leading)
{
    const string Benchmarks = "SmartClients.Benchmarks";

    /// <summary>This program again.</summary>
    /// <param name="name">Of its assembly, for when it runs under <c>dotnet</c>.</param>
    public static ChildProgram Self(string name)
    {
        var file = Environment.ProcessPath!;
        return new ChildProgram(file, Path.GetFileNameWithoutExtension(file) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, name + ".dll")] : []);
    }

    /// <summary>Where the peers are that the command does not ship: the repository's benchmarks, built beside this program or for release.</summary>
    public static ChildProgram? Peers()
    {
        var here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string[] files =
        [
            Path.Combine(here, "../../SmartClients.Benchmarks", Path.GetFileName(here), Benchmarks),
            Path.Combine(here, "../../../bin/SmartClients.Benchmarks/release", Benchmarks),
        ];
        return Array.Find(files, System.IO.File.Exists) is { } file ? new ChildProgram(Path.GetFullPath(file), ["child"]) : null;
    }

    internal ProcessStartInfo Start(IEnumerable<string> arguments) => new(File, [.. Leading, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    };
}
