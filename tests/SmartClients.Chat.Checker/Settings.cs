using System.Globalization;

namespace SmartClients.Chat.Checker;

/// <summary>What is checked, and for how long.</summary>
internal sealed record Settings
{
    public double Seconds { get; init; } = 60;

    public int Servers { get; init; } = 5;

    public int Writers { get; init; } = 50;

    public int Readers { get; init; } = 200;

    /// <summary>Messages of one writer in a second.</summary>
    public double Rate { get; init; } = 1;

    public int Seed { get; init; } = 1;

    public bool Redis { get; init; }

    public bool Quiet { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It is wrong.</exception>
    public static Settings Parse(string[] args)
    {
        var settings = new Settings();
        var i = 0;
        for (; i < args.Length; i++)
            settings = args[i] switch
            {
                "--seconds" => settings with { Seconds = Number(1, 86400) },
                "--servers" => settings with { Servers = (int)Number(2, 20) },
                "--writers" => settings with { Writers = (int)Number(1, 1000) },
                "--readers" => settings with { Readers = (int)Number(1, 5000) },
                "--rate" => settings with { Rate = Number(0.01, 100) },
                "--seed" => settings with { Seed = (int)Number(0, int.MaxValue) },
                "--store" => settings with { Redis = (++i < args.Length ? args[i] : "") switch { "sqlite" => false, "redis" => true, _ => throw new FormatException("--store: write sqlite or redis.") } },
                "--quiet" => settings with { Quiet = true },
                _ => throw new FormatException($"'{args[i]}' means nothing here: --seconds --servers --writers --readers --rate --seed --store sqlite|redis --quiet"),
            };
        return settings;

        double Number(double least, double most) => ++i < args.Length && double.TryParse(args[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw new FormatException(FormattableString.Invariant($"{args[i - 1]}: write a number from {least} to {most}."));
    }
}
