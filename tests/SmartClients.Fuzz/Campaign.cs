namespace SmartClients.Fuzz;

/// <summary>One target, for a while: breaks inputs, feeds them, keeps those that led to something new.</summary>
internal sealed class Campaign(FuzzTarget target, int seed, TimeProvider time, Watchdog watchdog, BlackBox box, Findings findings)
{
    const int MostKept = 4000;

    readonly List<byte[]> pool = [.. target.Corpus];
    readonly HashSet<string> outcomes = [];

    public long Inputs { get; private set; }

    public int Outcomes => outcomes.Count;

    public void Run(TimeSpan duration)
    {
        var random = new Random(seed);
        var mutator = new Mutator(random, target.Words, target.MostBytes);
        var since = time.GetTimestamp();
        // What is valid must be read, or the rest shows nothing.
        foreach (var valid in target.Corpus)
            if (Feed(valid) is var outcome && !outcome.StartsWith("read", StringComparison.Ordinal)) findings.Crash(target.Name, valid, $"The corpus is refused: {outcome}");
        while (time.GetElapsedTime(since) < duration)
        {
            // Half of the time the newest ones: there is the edge of what is known.
            var from = random.Next(2) == 0 ? pool.Count - 1 - random.Next(Math.Min(pool.Count, 50)) : random.Next(pool.Count);
            var input = mutator.Break(pool[from], pool[random.Next(pool.Count)]);
            var count = outcomes.Count;
            Feed(input);
            if (outcomes.Count > count && pool.Count < MostKept) pool.Add(input);
        }
    }

    public string Feed(byte[] input)
    {
        Inputs++;
        box.Keep(input);
        watchdog.Begin(target.Name, input);
        string outcome;
        try
        {
            outcome = target.Feed(input);
        }
        catch (Exception error)
        {
            outcome = Outcome.Of(error);
            if (!target.Documents(error) && outcomes.Add(outcome)) findings.Crash(target.Name, input, error.ToString());
        }
        watchdog.End();
        outcomes.Add(outcome);
        return outcome;
    }
}
