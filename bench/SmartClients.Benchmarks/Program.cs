using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks;

static class Program
{
    static async Task<int> Main(string[] args)
    {
        if (args is [] or ["help", ..] || args.Any(arg => arg is "--help" or "-h")) return Usage();
        try
        {
            if (args is ["child", var role, ..]) return await Children.RunAsync(role, new Arguments(args.AsSpan(2)));
            if (!Experiments.Table.TryGetValue(args[0], out var experiment)) return Usage($"There is no experiment '{args[0]}'.");
            var arguments = new Arguments(args.AsSpan(1));
            await experiment.RunAsync(arguments);
            arguments.CheckAllRead();
            return 0;
        }
        catch (ArgumentException error)
        {
            return Usage(error.Message);
        }
    }

    static int Usage(string? mistake = null)
    {
        var to = mistake is null ? Console.Out : Console.Error;
        if (mistake is not null) to.WriteLine(mistake);
        to.WriteLine("usage: dotnet run -c Release --project bench/SmartClients.Benchmarks -- EXPERIMENT [--only A,B] [--rounds N] [--out DIR]");
        foreach (var (name, experiment) in Experiments.Table) to.WriteLine($"  {name,-12} {experiment.About}");
        return mistake is null ? 0 : 2;
    }
}
