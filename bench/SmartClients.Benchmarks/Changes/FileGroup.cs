using SmartClients.Naming;

namespace SmartClients.Benchmarks.Changes;

/// <summary>A file that is replaced whole.</summary>
sealed class FileGroup : ChangingGroup
{
    readonly string folder = Directory.CreateTempSubdirectory("smart-bench-").FullName;

    string Path => System.IO.Path.Combine(folder, "members.json");

    public override async Task SetAsync(IReadOnlyList<string> addresses)
    {
        await File.WriteAllTextAsync(Path + ".new", Document(addresses));
        File.Move(Path + ".new", Path, overwrite: true);
    }

    public override NameSource Open() => Names.Core.Open("file:" + Path);

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return default;
    }
}
