using System.Globalization;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using SmartClients.Learning;

namespace SmartClients.Cli.Agent;

/// <summary>What a host shows of its load from outside its servers: load average, memory, connections (§3.1.2 of the paper).</summary>
/// <remarks>A figure that the system does not tell is left out of the report.</remarks>
internal sealed partial class HostFigures
{
    const string LoadFile = "/proc/loadavg";

    /// <summary>The agent's own port: who listens to it is no load.</summary>
    public int OwnPort { get; set; }

    /// <summary>Reads the figures. The load average for each processor stands for their utilization, and the connections to the host's
    /// servers for the requests in flight.</summary>
    public LoadReport Read() => new()
    {
        CpuUtilization = Rounded(LoadAverage() / Environment.ProcessorCount),
        MemoryUtilization = Rounded(Memory()),
        RequestsInFlight = Connections(),
    };

    static double? LoadAverage()
    {
        if (OperatingSystem.IsWindows()) return null;
        // A container may have a load average of its own, which is shown nowhere else (lxcfs).
        if (OperatingSystem.IsLinux() && File.Exists(LoadFile)
            && double.TryParse(File.ReadAllText(LoadFile).Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var told)) return told;
        Span<double> averages = stackalloc double[1];
        return GetLoadAverage(averages, 1) == 1 ? averages[0] : null;
    }

    static double? Memory()
    {
        if (OperatingSystem.IsLinux() && MemoryInfo("/proc/meminfo") is { } used) return used;
        var info = GC.GetGCMemoryInfo();
        return info.TotalAvailableMemoryBytes > 0 ? Math.Min(1, (double)info.MemoryLoadBytes / info.TotalAvailableMemoryBytes) : null;
    }

    static double? MemoryInfo(string path)
    {
        double? total = null, available = null;
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("MemTotal:", StringComparison.Ordinal)) total = Kibibytes(line);
            else if (line.StartsWith("MemAvailable:", StringComparison.Ordinal)) available = Kibibytes(line);
            if (total is > 0 && available is not null) return Math.Clamp(1 - available.Value / total.Value, 0, 1);
        }
        return null;
    }

    static double? Kibibytes(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var number, ..]
        && double.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Established connections to ports that somebody listens on here; those that go out from here are not the host's work.</summary>
    double? Connections()
    {
        var network = IPGlobalProperties.GetIPGlobalProperties();
        var served = network.GetActiveTcpListeners().Select(listener => listener.Port).Where(port => port != OwnPort).ToHashSet();
        return network.GetActiveTcpConnections().Count(c => c.State == TcpState.Established && served.Contains(c.LocalEndPoint.Port));
    }

    static double? Rounded(double? value) => value is { } number ? Math.Round(number, 3) : null;

    [LibraryImport("libc", EntryPoint = "getloadavg")]
    private static partial int GetLoadAverage(Span<double> averages, int count);
}
