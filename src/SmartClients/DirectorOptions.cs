using SmartClients.Naming.State;
using SmartClients.Outcomes;
using SmartClients.Picking;

namespace SmartClients;

/// <summary>Every knob of a director, each with its default, unit and range. Immutable; <see cref="Director"/> checks them once.
/// Durations are above zero and at most a day, unless it says otherwise.</summary>
public sealed record DirectorOptions
{
    /// <summary>The picking policy, by its name in <see cref="Policies"/>.</summary>
    /// <value>The default is <c>adaptive</c>.</value>
    public string Policy { get; init; } = Policies.Default;

    /// <summary>Stay with the endpoint of the last request while it is satisfactory (§4.2 of the paper), over whatever policy.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Affinity { get; init; }

    /// <summary>With <see cref="Affinity"/>: a latency that satisfies, however much faster others are. The first request to a replica makes
    /// connections and is slow; where requests go together, as a reader's and a writer's do, that is no reason to part them.</summary>
    /// <value>The default is zero: none. Zero to an hour.</value>
    public TimeSpan SatisfactoryLatency { get; init; }

    /// <summary>The zone that this program runs in, for policies that prefer replicas nearby: an <see cref="Naming.Endpoint.Zone"/>.</summary>
    /// <value>The default is <see langword="null"/>: unknown.</value>
    public string? Zone { get; init; }

    /// <summary>What an exception says about the replica; asked first, and where it has nothing to say, <see cref="Classify"/> is.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public Func<Exception, Outcome?>? ClassifyException { get; init; }

    /// <summary>How long a whole request may take: the wait for the group's members, all its attempts, and cleaning up after them.</summary>
    /// <value>The default is 30 seconds. Any above zero, or infinite.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt may take before it counts as failed and another replica is asked.</summary>
    /// <value>The default is 10 seconds. Any above zero, or infinite.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most attempts for one request, hedges included.</summary>
    /// <value>The default is as many as there are replicas: each is asked once. At least 1.</value>
    public int MaxAttempts { get; init; } = int.MaxValue;

    /// <summary>After this many replicas gave the same bad answer (an HTTP 500, say), it is taken for the right answer: the request
    /// is to blame, and no replica is. An answer that speaks of the server (HTTP 503) is never taken for the right one.</summary>
    /// <value>The default is 3. At least 1.</value>
    public int SameAnswers { get; init; } = 3;

    /// <summary>Retries that may be spent per request made: the retry budget's share.</summary>
    /// <value>The default is 0.2. 0 to 10.</value>
    public double RetryShare { get; init; } = 0.2;

    /// <summary>Retries that may be spent per second whatever the traffic: the retry budget's floor. Both run over ten seconds.</summary>
    /// <value>The default is 10. 0 to 10,000.</value>
    public double RetriesPerSecond { get; init; } = 10;

    /// <summary>Send a second attempt elsewhere when the first is slow, for repeatable requests that allow it.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Hedge { get; init; } = true;

    /// <summary>The latency percentile of the whole group after which a hedge is sent.</summary>
    /// <value>The default is 0.99. 0.01 to 0.9999.</value>
    public double HedgePercentile { get; init; } = 0.99;

    /// <summary>The shortest time before a hedge, whatever the percentile. Looking after requests at shorter times costs the processor
    /// more than it saves anybody.</summary>
    /// <value>The default is 10 milliseconds. Zero to an hour.</value>
    public TimeSpan HedgeFloor { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The time before a hedge while there are too few answers to know a percentile.</summary>
    /// <value>The default is 250 milliseconds.</value>
    public TimeSpan HedgeAtFirst { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Hedges that may be spent per request made.</summary>
    /// <value>The default is 0.05. 0 to 1.</value>
    public double HedgeShare { get; init; } = 0.05;

    /// <summary>Hedges that may be spent per second whatever the traffic.</summary>
    /// <value>The default is 5. 0 to 10,000.</value>
    public double HedgesPerSecond { get; init; } = 5;

    /// <summary>Failures in a row that take a replica out.</summary>
    /// <value>The default is 5. At least 1.</value>
    public int FailuresToEject { get; init; } = 5;

    /// <summary>How long a replica must have answered nothing before attempts that were overtaken by a hedge count as failures in a row;
    /// at least three times the latency after which hedges are sent.</summary>
    /// <value>The default is 100 milliseconds. Zero to an hour.</value>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A replica is also taken out when its success rate over ten seconds falls below this part of the others'.</summary>
    /// <value>The default is 0.8. 0 (never) to 1.</value>
    public double SuccessRateToEject { get; init; } = 0.8;

    /// <summary>The fewest attempts in ten seconds for a success rate to count.</summary>
    /// <value>The default is 20. At least 1.</value>
    public int SuccessRateSamples { get; init; } = 20;

    /// <summary>How long the first ejection lasts; each further one twice as long, ± 25 %.</summary>
    /// <value>The default is 1 second. Above zero.</value>
    public TimeSpan EjectionTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest ejection, and the longest rest that a replica may ask for.</summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan MaxEjectionTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The largest part of the group that may be out at once, rounded up; one replica always stays.</summary>
    /// <value>The default is 0.5. 0 (nobody) to 1 (all but one).</value>
    public double MaxOut { get; init; } = 0.5;

    /// <summary>How long a replica that said it is leaving, and that the group still names, gets no new request while others are there.</summary>
    /// <value>The default is 10 seconds: about what a restart takes. Above zero.</value>
    public TimeSpan LeavingTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a new or returned replica takes to grow into its share, from a tenth.</summary>
    /// <value>The default is 10 seconds. Zero (at once) to an hour.</value>
    public TimeSpan SlowStart { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After this time a latency sample's weight has fallen to 1/e.</summary>
    /// <value>The default is 5 seconds. Above zero.</value>
    public TimeSpan LatencyDecay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After this time a load report's weight has fallen to 1/e.</summary>
    /// <value>The default is 2 seconds. Above zero.</value>
    public TimeSpan ReportDecay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A failed attempt counts as at least this many times the group's median latency: what fails fast never looks fast.</summary>
    /// <value>The default is 20. At least 1.</value>
    public double FailureCost { get; init; } = 20;

    /// <summary>How often each replica is asked whether it lives, by the probe given to <see cref="Director.KeepAlive"/>.</summary>
    /// <value>The default is 5 seconds. Above zero.</value>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a keep-alive may take; two lost in a row take the replica out.</summary>
    /// <value>The default is 1 second. Above zero.</value>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the first request waits for the group's members to be learnt; no longer than <see cref="Timeout"/>.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan FirstMembers { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before a failed source is watched anew.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan SourceRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a reply may name a new set of members. Only for replicas that may be trusted with it: one of them could
    /// send everybody elsewhere.</summary>
    /// <value>The default is <see langword="false"/>: a reply can only have the source asked again.</value>
    public bool MembersFromReplies { get; init; }

    /// <summary>Where members and what was learnt of them are kept for the next process, which then begins without the network: a
    /// <see cref="StateFolder"/>, say.</summary>
    /// <value>The default is <see langword="null"/>: nowhere.</value>
    public StateStore? State { get; init; }

    /// <summary>The name under which it is kept: that which the members are learnt by, so that no other group takes them for its own.</summary>
    /// <value>The default is <see langword="null"/>: the director's own name.</value>
    public string? StateName { get; init; }

    /// <summary>Whether what it does is told to the meter and the activity source named <c>SmartClients</c>.</summary>
    /// <value>The default is <see langword="true"/>; <see langword="false"/> for groups that are nobody's service, as in a rehearsal.</value>
    public bool Telemetry { get; init; } = true;

    /// <summary>The clock.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The source of chance; safe for concurrent use unless the director is used from one thread.</summary>
    /// <value>The default is the shared one of the platform.</value>
    public Random Random { get; init; } = SharedRandom.Instance;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it and the range.</exception>
    public void Validate()
    {
        _ = Policies.Find(Policy);
        PositiveOrInfinite(Timeout, nameof(Timeout));
        PositiveOrInfinite(AttemptTimeout, nameof(AttemptTimeout));
        UpToADay(EjectionTime, nameof(EjectionTime));
        UpToADay(MaxEjectionTime, nameof(MaxEjectionTime));
        UpToADay(LeavingTime, nameof(LeavingTime));
        UpToADay(LatencyDecay, nameof(LatencyDecay));
        UpToADay(ReportDecay, nameof(ReportDecay));
        UpToADay(KeepAliveInterval, nameof(KeepAliveInterval));
        UpToADay(KeepAliveTimeout, nameof(KeepAliveTimeout));
        UpToADay(FirstMembers, nameof(FirstMembers));
        UpToADay(SourceRetry, nameof(SourceRetry));
        UpToADay(HedgeAtFirst, nameof(HedgeAtFirst));
        Between(SatisfactoryLatency.TotalSeconds, 0, 3600, nameof(SatisfactoryLatency));
        Between(HedgeFloor.TotalSeconds, 0, 3600, nameof(HedgeFloor));
        Between(Silence.TotalSeconds, 0, 3600, nameof(Silence));
        Between(SlowStart.TotalSeconds, 0, 3600, nameof(SlowStart));
        Between(MaxAttempts, 1, int.MaxValue, nameof(MaxAttempts));
        Between(SameAnswers, 1, int.MaxValue, nameof(SameAnswers));
        Between(FailuresToEject, 1, int.MaxValue, nameof(FailuresToEject));
        Between(SuccessRateSamples, 1, int.MaxValue, nameof(SuccessRateSamples));
        Between(RetryShare, 0, 10, nameof(RetryShare));
        Between(RetriesPerSecond, 0, 10_000, nameof(RetriesPerSecond));
        Between(HedgePercentile, 0.01, 0.9999, nameof(HedgePercentile));
        Between(HedgeShare, 0, 1, nameof(HedgeShare));
        Between(HedgesPerSecond, 0, 10_000, nameof(HedgesPerSecond));
        Between(SuccessRateToEject, 0, 1, nameof(SuccessRateToEject));
        Between(MaxOut, 0, 1, nameof(MaxOut));
        Between(FailureCost, 1, 1e6, nameof(FailureCost));
    }

    static void PositiveOrInfinite(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero && value != System.Threading.Timeout.InfiniteTimeSpan)
            throw new ArgumentException($"{name} is {value}: it must be above zero.", name);
    }

    static void UpToADay(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1))
            throw new ArgumentException($"{name} is {value}: it must be above zero and at most a day.", name);
    }

    static void Between(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentException(FormattableString.Invariant($"{name} is {value}: it must be from {least} to {most}."), name);
    }
}
