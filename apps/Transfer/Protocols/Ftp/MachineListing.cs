using System.Globalization;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>The lines of MLSD (RFC 3659 §7): <c>type=file;size=12;modify=20261124071500; a name</c>.</summary>
internal static class MachineListing
{
    /// <summary>Reads a line; <see langword="null"/> when it is of neither a file nor a folder, or of none that a tree may hold.</summary>
    public static FolderEntry? Parse(string line)
    {
        var blank = line.IndexOf(' ');
        if (blank < 0) return null;
        var name = line[(blank + 1)..];
        if (!EntryName.IsSafe(name)) return null;
        string? type = null;
        long? size = null;
        DateTimeOffset? modified = null;
        foreach (var fact in line[..blank].Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = fact.IndexOf('=');
            if (equals < 0) continue;
            var value = fact[(equals + 1)..];
            switch (fact[..equals].ToLowerInvariant())
            {
                case "type":
                    type = value.ToLowerInvariant();
                    break;
                case "size":
                    size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
                    break;
                case "modify":
                    modified = FtpTime.Parse(value);
                    break;
            }
        }
        return type is "file" or "dir" ? new FolderEntry(name, type == "dir", type == "file" ? size : null, modified) : null;
    }
}
