using System.Globalization;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Getting;

/// <summary>What the program itself takes of the machine's memory, at its highest, by the kernel's account.</summary>
public class MemoryTests
{
    const long Small = 64L << 20;
    const long Large = 1L << 30;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_sixteen_times_as_large_takes_no_more_memory()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        nginx.PutHole("small.bin", Small);
        nginx.PutHole("large.bin", Large);

        var small = await HighestAsync(nginx, "small.bin", Small);
        var large = await HighestAsync(nginx, "large.bin", Large);

        TestContext.Current.TestOutputHelper?.WriteLine($"{Small >> 20} MiB: {small >> 20} MiB of memory; {Large >> 20} MiB: {large >> 20} MiB");
        // Whoever kept but a twentieth of the file would be found out.
        Assert.InRange(large, 1, small + (Large - Small) / 20);
    }

    // The highest resident set, as the kernel tells it to whoever waited for the process: nobody can read that too late.
    static async Task<long> HighestAsync(Nginx nginx, string name, long size)
    {
        using var folder = new TemporaryFolder();
        var place = Path.Combine(folder.Path, name);
        await using var smart = RunningProcess.Start([new("XDG_CACHE_HOME", folder.Path)], "python3", "-c",
            "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]); print('peak', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)",
            SmartProgram.Path, "get", $"http://{nginx.Address}/{name}", "-o", place);
        Assert.Equal(0, await smart.ExitAsync(Cancel));
        Assert.Equal(size, new FileInfo(place).Length);
        return 1024 * long.Parse((await smart.LineAsync("peak", Cancel))["peak ".Length..], CultureInfo.InvariantCulture);
    }
}
