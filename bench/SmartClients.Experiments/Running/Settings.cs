using System.Globalization;

namespace SmartClients.Experiments.Running;

/// <summary>What the command line says.</summary>
/// <param name="Seeds">Runs of each, with different seeds.</param>
/// <param name="Scale">Times the requests of each run.</param>
/// <param name="Folder">Where the page and its plots go.</param>
/// <param name="AtOnce">Runs beside each other.</param>
/// <param name="Limit">How long to begin runs, where an experiment can go on later.</param>
sealed record Settings(int Seeds, double Scale, string Folder, int AtOnce, TimeSpan Limit)
{
    const int FirstSeed = 101;

    /// <summary>Seeds that no policy was tuned on.</summary>
    public IEnumerable<long> EachSeed => Enumerable.Range(FirstSeed, Seeds).Select(seed => (long)seed);

    public long Requests(double usual) => Math.Max(1000, (long)(usual * Scale));

    public static bool TryRead(ReadOnlySpan<string> args, out Settings settings)
    {
        settings = new Settings(3, 1, Path.Combine(Root(), "docs", "experiments"), Environment.ProcessorCount, TimeSpan.MaxValue);
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var (name, value) = (args[i], args[i + 1]);
            if (name == "--out") settings = settings with { Folder = value };
            else if (!double.TryParse(value, CultureInfo.InvariantCulture, out var number) || number <= 0) return false;
            else if (name == "--seeds") settings = settings with { Seeds = (int)number };
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
