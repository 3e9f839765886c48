using SmartClients.Naming;

namespace SmartClients.Terminals.Ssh;

/// <summary>What ssh itself had to say, in a file only we can read: apart from what the machine's programs say.</summary>
internal sealed class SshLog : IDisposable
{
    const int MostRead = 64 << 10;
    const string Unverified = "Host key verification failed.";
    const string Changed = "REMOTE HOST IDENTIFICATION HAS CHANGED";

    readonly string folder = Directory.CreateTempSubdirectory("smart-ssh-").FullName;

    public string Path => System.IO.Path.Combine(folder, "log");

    /// <summary>All of it, up to now.</summary>
    public string Read()
    {
        try
        {
            using var file = File.Open(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var buffer = new char[MostRead];
            using var reader = new StreamReader(file);
            return new string(buffer, 0, reader.ReadBlock(buffer));
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    /// <summary>Why a connection failed: the last line that says so.</summary>
    public static string Reason(string text, string otherwise)
    {
        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault(line => !line.StartsWith("Warning: Permanently added", StringComparison.Ordinal) && !line.StartsWith("debug", StringComparison.Ordinal));
        return line?.TrimEnd('.') ?? otherwise;
    }

    /// <summary>Stops everything where a host key was not what it should be.</summary>
    /// <exception cref="HostKeyException">It was not.</exception>
    public static void Verify(Endpoint endpoint, string text)
    {
        if (!text.Contains(Unverified, StringComparison.Ordinal) && !text.Contains(Changed, StringComparison.Ordinal)) return;
        if (!text.Contains(Changed, StringComparison.Ordinal))
            throw new HostKeyException($"The host key of {endpoint.Address} could not be verified: {Reason(text.Replace(Unverified, "", StringComparison.Ordinal), "it is not known")}. Connect with ssh once, or add it to known_hosts.");
        var where = text.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line => line.StartsWith("Offending ", StringComparison.Ordinal));
        throw new HostKeyException(
            $"THE HOST KEY OF {endpoint.Address} HAS CHANGED{(where is null ? "" : $" ({where})")}: somebody may be in between. "
            + "Nothing goes on from here, and no other machine is tried. When you know why it changed, remove the old key with ssh-keygen -R.");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
