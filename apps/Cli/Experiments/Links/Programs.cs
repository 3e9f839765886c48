namespace SmartClients.Cli.Experiments.Links;

/// <summary>Other programs of this machine.</summary>
internal static class Programs
{
    // Where servers and tools of the network are, and not on the path of everybody.
    static readonly string[] Besides = ["/usr/sbin", "/sbin", "/usr/local/sbin"];

    static IEnumerable<string> Folders => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Concat(Besides);

    /// <summary>Where a program is; <see langword="null"/> when it is not there.</summary>
    public static string? Find(string name) => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>A path for the children of this process on which all of them are found.</summary>
    public static string SearchPath => string.Join(Path.PathSeparator, Folders);
}
