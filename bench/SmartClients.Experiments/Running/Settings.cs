using System.Globalization;

namespace SmartClients.Experiments.Running;

/// <summary>What the command line says.</summary>
/// <param name="Seeds">Runs of each, with different seeds.</param>
/// <param name="First">The first of these seeds.</param>
/// <param name="Scale">Times the requests of each run.</param>
/// <param name="Folder">Where the page and its plots go.</param>
/// <param name="AtOnce">Runs beside each other.</param>
/// <param name="Limit">How long to begin runs, where an experiment can go on later.</param>
sealed record Settings(int Seeds, int First, double Scale, string Folder, int AtOnce, TimeSpan Limit)
{
    const int UsualFirst = 101;

    /// <summary>What of the seeds stands in the command that writes the same page again.</summary>
    public string SeedsAsGiven => First == UsualFirst ? $"--seeds {Seeds}" : $"--seeds {Seeds} --first {First}";

    public IEnumerable<long> EachSeed => Enumerable.Range(First, Seeds).Select(seed => (long)seed);

    public long Requests(double usual) => Math.Max(1000, (long)(usual * Scale));

    public static bool TryRead(ReadOnlySpan<string> args, out Settings settings)
    {
        settings = new Settings(3, UsualFirst, 1, Path.Combine(Root(), "docs", "experiments"), Environment.ProcessorCount, TimeSpan.MaxValue);
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var (name, value) = (args[i], args[i + 1]);
            if (name == "--out") settings = settings with { Folder = value };
            else if (!double.TryParse(value, CultureInfo.InvariantCulture, out var number) || number <= 0) return false;
            else if (name == "--seeds") settings = settings with { Seeds = (int)number };
            else if (name == "--first") settings = settings with { First = (int)number };
            else if (name == "--scale") settings = settings with { Scale = number };
            else if (name == "--parallel") settings = settings with { AtOnce = (int)Math.Max(1, number) };
            else if (name == "--for") settings = settings with { Limit = TimeSpan.FromSeconds(Math.Min(number, 1e6)) };
            else return false;
        }
        return args.Length % 2 == 0;
    }

    static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "SmartClients.slnx"))) return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
