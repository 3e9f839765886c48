using System.Diagnostics;
using SmartClients.Benchmarks.Servers;

namespace SmartClients.Benchmarks.Mirrors;

/// <summary>An sshd, a vsftpd and an nginx, each behind a link of its own (a network namespace) that is shaped to a limit. Needs root.</summary>
sealed class NamespaceMirrors : MirrorSet
{
    const string Prefix = "smartbench";
    const string Password = "mirrors";
    const int SshPort = 22;
    const int FtpPort = 21;
    const int HttpPort = 80;

    readonly List<ServerProcess> running = [];
    int namespaces;

    public override string About => "sshd, vsftpd and nginx, each behind a link of its own that is shaped to the limit (`tbf`)";

    public override IReadOnlyList<Mirror> Start(MirrorFiles files, bool corrupt)
    {
        Stop();
        var mirrors = new List<Mirror>();
        for (var i = 0; i < Limits.Length; i++)
        {
            var host = Link(i, Limits[i]);
            var url = i switch { 0 => Ssh(files, i, host), 1 => Ftp(files, i, host, corrupt), _ => Http(files, i, host) };
            var name = Name(i);
            mirrors.Add(new Mirror(url, Limits[i], signal => SignalAll(name, signal)));
        }
        return mirrors;
    }

    string Ssh(MirrorFiles files, int number, string host)
    {
        var folder = Path.Combine(files.Folder, "ssh");
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory("/run/sshd");
        var key = Path.Combine(folder, "key");
        if (!File.Exists(key)) Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);
        // A user with a password, for sshd alone: the machine's own are left as they are, and covered in a mount namespace.
        var hash = Run("openssl", "passwd", "-6", "-salt", "mirrors", Password).Trim();
        File.WriteAllText(Path.Combine(folder, "passwd"), $"root:x:0:0::/root:/bin/sh\nsshd:x:101:65534::/run/sshd:/usr/sbin/nologin\nmirror:x:65533:65534::{files.Folder}:/bin/sh\n");
        File.WriteAllText(Path.Combine(folder, "shadow"), $"root:*:19000::::::\nsshd:!:19000::::::\nmirror:{hash}:19000:0:99999:7:::\n");
        File.WriteAllText(Path.Combine(folder, "config"),
            $"Port {SshPort}\nListenAddress {host}\nHostKey {key}\nPasswordAuthentication yes\nKbdInteractiveAuthentication no\nUsePAM no\nStrictModes no\nSubsystem sftp internal-sftp\nPidFile {folder}/pid\n");
        File.WriteAllText(Path.Combine(files.Home, ".ssh", "known_hosts"), $"{host} {File.ReadAllText(key + ".pub")}");
        Serve(number, host, SshPort, "unshare", "-m", "sh", "-c",
            $"mount --bind {folder}/passwd /etc/passwd && mount --bind {folder}/shadow /etc/shadow && exec {Run("which", "sshd").Trim()} -D -E {folder}/log -f {folder}/config");
        return $"sftp://mirror:{Password}@{host}{files.Root(bad: false)}/big.bin";
    }

    string Ftp(MirrorFiles files, int number, string host, bool bad)
    {
        var file = Path.Combine(files.Folder, "vsftpd.conf");
        File.WriteAllText(file, $"listen=YES\nlisten_address={host}\nlisten_port={FtpPort}\nbackground=NO\nanonymous_enable=YES\nno_anon_password=YES\nanon_root={files.Root(bad)}\n"
            + $"secure_chroot_dir={files.Folder}/empty\nftp_username=ftp\npasv_min_port=30000\npasv_max_port=30100\nseccomp_sandbox=NO\nisolate=NO\nisolate_network=NO\n");
        Serve(number, host, FtpPort, "vsftpd", file);
        return $"ftp://{host}/big.bin";
    }

    string Http(MirrorFiles files, int number, string host)
    {
        running.Add(NginxServer.StartAsync(files, host, HttpPort, 0, bad: false, "ip", "netns", "exec", Name(number)).GetAwaiter().GetResult());
        return $"http://{host}/big.bin";
    }

    void Serve(int number, string host, int port, params string[] command) =>
        running.Add(ServerProcess.StartAsync("ip", ["netns", "exec", Name(number), .. command], port, host).GetAwaiter().GetResult());

    // Large frames, so that headers take next to nothing of the limit; a queue of a few milliseconds, as a good router has.
    string Link(int number, double limit)
    {
        var (name, here, there, host) = (Name(number), $"smb{number}a", $"smb{number}b", $"10.213.{number}.2");
        Run("ip", "netns", "add", name);
        Run("ip", "link", "add", here, "mtu", "9000", "type", "veth", "peer", "name", there, "mtu", "9000");
        namespaces = number + 1;
        Run("ip", "link", "set", there, "netns", name);
        Run("ip", "addr", "add", $"10.213.{number}.1/24", "dev", here);
        Run("ip", "link", "set", here, "up");
        Run("ip", "-n", name, "addr", "add", host + "/24", "dev", there);
        Run("ip", "-n", name, "link", "set", there, "up");
        Run("ip", "-n", name, "link", "set", "lo", "up");
        Run("ip", "netns", "exec", name, "tc", "qdisc", "replace", "dev", there, "root", "tbf", "rate", $"{limit * 8 * (1 << 20):0}bit", "burst", "256kb", "latency", "20ms");
        return host;
    }

    static void SignalAll(string name, int signal)
    {
        foreach (var process in Run("ip", "netns", "pids", name).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Run("kill", $"-{signal}", process);
    }

    public override void Stop()
    {
        for (var i = 0; i < namespaces; i++) SignalAll(Name(i), Mirror.Kill);
        running.ForEach(server => server.Dispose());
        running.Clear();
        for (var i = 0; i < namespaces; i++)
        {
            // The link goes at once; the namespace only when the last of its processes has.
            Run("ip", "link", "delete", $"smb{i}a");
            Run("ip", "netns", "delete", Name(i));
        }
        namespaces = 0;
    }

    static string Name(int number) => $"{Prefix}{number}";

    static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // A process that has ended meanwhile cannot be sent a signal.
        if (process.ExitCode != 0 && program != "kill") throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}.");
        return output;
    }
}
