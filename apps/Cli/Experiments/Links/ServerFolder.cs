using System.Net;

namespace SmartClients.Cli.Experiments.Links;

/// <summary>The folder of one FTP server: its configuration, and the file that it serves to whoever comes.</summary>
internal static class ServerFolder
{
    public const string FileName = "file.bin";
    public const int Port = 2121;

    // A retrieval needs one for its data, and a port is not free again at once.
    public const int FirstDataPort = 30000;
    public const int LastDataPort = 30127;

    public static string Make(IPAddress address, ReadOnlySpan<byte> content)
    {
        var folder = Directory.CreateTempSubdirectory("smart-ftp-").FullName;
        // The server gives up root's rights for those of a user who must be able to come here.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        Directory.CreateDirectory(Path.Combine(folder, "root"));
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        File.WriteAllBytes(Path.Combine(folder, "root", FileName), content);
        File.WriteAllText(Path.Combine(folder, "vsftpd.conf"), Configuration(folder, address));
        return folder;
    }

    static string Configuration(string folder, IPAddress address) => $"""
        listen=YES
        listen_address={address}
        listen_port={Port}
        background=NO
        pasv_min_port={FirstDataPort}
        pasv_max_port={LastDataPort}
        anonymous_enable=YES
        no_anon_password=YES
        anon_root={folder}/root
        secure_chroot_dir={folder}/empty
        ftp_username=ftp
        run_as_launching_user={(Environment.IsPrivilegedProcess ? "NO" : "YES")}
        seccomp_sandbox=NO
        isolate=NO
        isolate_network=NO
        xferlog_enable=NO
        max_clients=0

        """;
}
