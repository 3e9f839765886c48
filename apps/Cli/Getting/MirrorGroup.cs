using SmartClients.Naming;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Protocols;
using OpenName = SmartClients.Cli.Naming.OpenName;

namespace SmartClients.Cli.Getting;

/// <summary>A file, or a tree, and the group that has it.</summary>
/// <param name="Name">Where the members are learnt.</param>
/// <param name="Path">What it is called by, of whatever mirror: what is downloaded is known by it.</param>
/// <param name="Locate">Where a mirror has it.</param>
internal sealed record MirrorGroup(OpenName Name, string Path, Func<Endpoint, FileAddress> Locate)
{
    /// <summary>Where it goes when nobody says.</summary>
    public string FileName { get; init; } = LastPart(Path);

    /// <summary>What its description says of it.</summary>
    public Sums Sums { get; init; } = Sums.None;

    /// <summary>The same group, and something in the folder that it was.</summary>
    /// <param name="below">The way from there, escaped, with slashes between.</param>
    public Func<Endpoint, FileAddress> Below(string below) => endpoint => Locate(endpoint).Below(below);

    static string LastPart(string path)
    {
        var plain = path.Split('?', 2)[0].TrimEnd('/');
        var name = Uri.UnescapeDataString(plain[(plain.LastIndexOf('/') + 1)..]);
        return name is "" or "." or ".." || name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0 ? "index" : name;
    }
}
