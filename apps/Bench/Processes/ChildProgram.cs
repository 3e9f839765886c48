using System.Diagnostics;

namespace SmartClients.Bench.Processes;

/// <summary>A program that can be started in one of a bench's roles.</summary>
/// <param name="File">What is started.</param>
/// <param name="Leading">What comes before the role.</param>
public sealed record ChildProgram(string File, IReadOnlyList<string> Leading)
{
    /// <summary>This program again.</summary>
    /// <param name="name">Of its assembly, for when it runs under <c>dotnet</c>.</param>
    public static ChildProgram Self(string name)
    {
        var file = Environment.ProcessPath!;
        return new ChildProgram(file, Path.GetFileNameWithoutExtension(file) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, name + ".dll")] : []);
    }

    /// <summary>Where the peers are that the command does not ship: the repository's benchmarks, built beside this program.</summary>
    public static ChildProgram? Peers()
    {
        var here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var file = Path.GetFullPath(Path.Combine(here, "..", "..", "SmartClients.Benchmarks", Path.GetFileName(here), "SmartClients.Benchmarks"));
        return System.IO.File.Exists(file) ? new ChildProgram(file, ["child"]) : null;
    }

    internal ProcessStartInfo Start(IEnumerable<string> arguments) => new(File, [.. Leading, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    };
}
