using SmartClients.Experiments.Running;

namespace SmartClients.Experiments;

static class Program
{
    static int Main(string[] args)
    {
        if (args.Length == 0 || args[0] is "--help" or "-h") return Usage(Console.Out, 0);
        if (!Table.Experiments.TryGetValue(args[0], out var experiment) || !Settings.TryRead(args.AsSpan(1), out var settings)) return Usage(Console.Error, 2);
        var page = new Page(args[0], settings);
        experiment.Run(page, settings);
        page.Write();
        return 0;
    }

    static int Usage(TextWriter to, int code)
    {
        to.WriteLine("usage: dotnet run -c Release --project bench/SmartClients.Experiments -- EXPERIMENT [--seeds N] [--first SEED] [--scale X] [--parallel N] [--for SECONDS] [--out DIR]");
        foreach (var (name, experiment) in Table.Experiments) to.WriteLine($"  {name,-20} {experiment.About}");
        to.WriteLine("--seeds: so many runs of each, with seeds from --first on, 101 when left out. --scale: times the requests. --parallel: runs beside each other, default as many as processors. "
            + "--for: stop beginning runs then; arena keeps what is done, and the same command goes on. --out: default docs/experiments.");
        return code;
    }
}
