using System.Globalization;

namespace SmartClients.Fuzz;

/// <summary>What the program is asked for.</summary>
/// <param name="Seconds">For all targets together.</param>
/// <param name="Seed">The same one breaks inputs in the same way.</param>
/// <param name="Target">One target; all when left out.</param>
/// <param name="Input">One input to feed, instead of breaking any.</param>
/// <param name="Folder">Where failing inputs go.</param>
internal sealed record Arguments(double Seconds, int Seed, string? Target, string? Input, string Folder)
{
    public const string Usage = "Usage: SmartClients.Fuzz [--seconds N] [--seed S] [--target NAME] [--input FILE] [--out FOLDER]";

    /// <exception cref="FormatException">They cannot be read.</exception>
    public static Arguments Parse(string[] args, TimeProvider time)
    {
        var read = new Arguments(60, (int)(time.GetUtcNow().Ticks % int.MaxValue), null, null, Path.Combine(Path.GetTempPath(), "smartclients-fuzz"));
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) throw new FormatException(Usage);
            read = (args[i], args[i + 1]) switch
            {
                ("--seconds", var n) => read with { Seconds = double.Parse(n, CultureInfo.InvariantCulture) },
                ("--seed", var n) => read with { Seed = int.Parse(n, CultureInfo.InvariantCulture) },
                ("--target", var name) => read with { Target = name },
                ("--input", var file) => read with { Input = file },
                ("--out", var folder) => read with { Folder = folder },
                _ => throw new FormatException(Usage),
            };
        }
        return read;
    }
}
