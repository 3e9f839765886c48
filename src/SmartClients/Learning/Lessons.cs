using SmartClients.Candidates;
using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Sending;

namespace SmartClients.Learning;

/// <summary>Folds what an attempt showed into what is believed: step 7.</summary>
internal sealed class Lessons(string? service, DirectorOptions options, LatencyHistogram latencies, Availability availability, Policy policy)
{
    const int SlowAnswers = 3;

    readonly long silence = Clock.Nanoseconds(options.Silence);
    readonly double decay = Clock.Nanoseconds(options.LatencyDecay);
    long typicalAtFirst = Clock.Millisecond;

    /// <summary>The group's median latency in nanoseconds, or before any answer what was assumed: a millisecond unless told otherwise.</summary>
    public long Typical => latencies.Median is > 0 and var median ? median : Volatile.Read(ref typicalAtFirst);

    /// <summary>Whether any answer was measured.</summary>
    public bool HasTypical => latencies.Median > 0;

    /// <summary>What to take for typical before any answer, in nanoseconds.</summary>
    public void Assume(long typical) => Volatile.Write(ref typicalAtFirst, Math.Max(1, typical));

    /// <summary>Learns from one attempt.</summary>
    /// <returns>Whether the replica was found dead by it.</returns>
    public bool Learn(in Ended ended, long now)
    {
        var (replica, outcome, took) = (ended.Replica, ended.Outcome, ended.Took(now));
        ref var vitals = ref replica.Learning;
        var inARow = 0;
        switch (outcome.Kind)
        {
            case OutcomeKind.Succeeded:
                vitals.Succeeded(now);
                vitals.Took(took, now, decay);
                latencies.Add(took);
                break;
            case OutcomeKind.Failed or OutcomeKind.PushedBack:
                inARow = vitals.Failed(now, outcome.Kind == OutcomeKind.PushedBack);
                vitals.Took(Math.Max(took, options.FailureCost * Typical), now, decay);
                break;
            case OutcomeKind.Overtaken:
                inARow = vitals.Overtaken(now, Math.Max(silence, SlowAnswers * latencies.High));
                TookAtLeast(ref vitals, took, now);
                break;
            case OutcomeKind.NotItsFault:
                TookAtLeast(ref vitals, took, now);
                break;
        }
        if (outcome.Report is { HasFigures: true } report) Reported(replica, report, ReportSource.PiggyBacked, now);
        policy.Observe(replica, outcome, took, now);
        Telemetry.Attempt(service, replica.Endpoint.Address, outcome, took);
        return availability.Learn(replica, outcome, inARow, ended.StartedAt, now);
    }

    /// <summary>A replica told its load.</summary>
    public void Reported(Replica replica, LoadReport report, ReportSource source, long now)
    {
        var evidence = new Evidence(report, source, now);
        replica.Learning.Reported(evidence);
        policy.Reported(replica, evidence);
    }

    // Nobody knows how long it would have taken: longer than this. It may raise what is believed, never lower it.
    void TookAtLeast(ref Vitals vitals, long took, long now)
    {
        if (vitals.HasLatency && took > vitals.Latency(now, decay, Typical)) vitals.Took(took, now, decay);
    }
}
