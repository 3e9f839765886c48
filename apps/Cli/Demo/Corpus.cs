using System.IO.Enumeration;
using System.Security.Cryptography;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Demo;

/// <summary>The files of a folder, listed and hashed once.</summary>
internal sealed class Corpus
{
    /// <summary>Larger files are left out.</summary>
    public const int LargestFile = 4 << 20;

    const int MostFiles = 5000;
    const long MostBytes = 512L << 20;

    static readonly HashSet<string> Skipped = [".git", "artifacts", "bin", "obj"];

    Corpus(string directory, IReadOnlyList<CorpusFile> files) => (Directory, Files) = (directory, files);

    public string Directory { get; }

    public IReadOnlyList<CorpusFile> Files { get; }

    /// <exception cref="UsageException">There is no such folder, or nothing in it to serve.</exception>
    public static Corpus Read(string directory, CancellationToken cancel)
    {
        var root = Path.GetFullPath(directory);
        if (!System.IO.Directory.Exists(root)) throw new UsageException($"'{directory}' of --dir is not a folder.");
        var files = new List<CorpusFile>();
        var left = MostBytes;
        foreach (var path in List(root).Order(StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            if (files.Count == MostFiles || left <= 0) break;
            try
            {
                var bytes = File.ReadAllBytes(Path.Combine(root, path));
                if (bytes.Length > LargestFile) continue;
                left -= bytes.Length;
                files.Add(new CorpusFile(string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)), SHA256.HashData(bytes)));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // What cannot be read here cannot be served either.
            }
        }
        return files.Count > 0 ? new Corpus(root, files) : throw new UsageException($"'{directory}' of --dir has no file of up to 4 MiB that can be read.");
    }

    static FileSystemEnumerable<string> List(string root) => new(
        root,
        (ref FileSystemEntry entry) => Path.GetRelativePath(root, entry.ToFullPath()),
        new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint, MaxRecursionDepth = 32 })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.Length <= LargestFile && !Skipped.Contains(entry.FileName.ToString()),
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !Skipped.Contains(entry.FileName.ToString()),
    };
}
