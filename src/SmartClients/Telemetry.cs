using System.Diagnostics;
using System.Diagnostics.Metrics;
using SmartClients.Outcomes;

namespace SmartClients;

/// <summary>The one meter and the one activity source, both named <c>SmartClients</c>. Free while nobody listens; a service without a name
/// is not told of.</summary>
internal static class Telemetry
{
    public const string Name = "SmartClients";

    static readonly ActivitySource Activities = new(Name);

    static readonly Meter Meter = new(Name);
    static readonly Counter<long> Attempts = Meter.CreateCounter<long>("smartclients.attempts", "{attempt}", "Attempts that ended, by service, endpoint and outcome.");
    static readonly Counter<long> Repeats = Meter.CreateCounter<long>("smartclients.repeats", "{attempt}", "Attempts beyond a request's first, by service and cause.");
    static readonly Counter<long> Refusals = Meter.CreateCounter<long>("smartclients.budget.refusals", "{attempt}", "Retries and hedges that a budget refused, by service and cause.");
    static readonly Counter<long> Ejections = Meter.CreateCounter<long>("smartclients.ejections", "{ejection}", "Replicas taken out, by service, endpoint and cause.");
    static readonly Counter<long> Ignored = Meter.CreateCounter<long>("smartclients.input.ignored", "{document}", "Reports, members and files that could not be read and were ignored, by kind.");
    static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("smartclients.attempt.duration", "s", "How long attempts took, by service, endpoint and outcome.");

    /// <summary>One activity for each request: the spans of its attempts (an HTTP client's, say) are its children.</summary>
    public static Activity? Request(string? service) =>
        service is not null && Activities.HasListeners() ? Activities.StartActivity("smartclients.request", ActivityKind.Client)?.SetTag("service", service) : null;

    /// <summary>Ends the activity of a request.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="attempts">Attempts begun.</param>
    /// <param name="answeredBy">The replica whose answer it was; <see langword="null"/> when there was none.</param>
    public static void Ended(Activity activity, int attempts, string? answeredBy)
    {
        activity.SetTag("attempts", attempts).SetTag("endpoint", answeredBy);
        if (answeredBy is null) activity.SetStatus(ActivityStatusCode.Error);
        activity.Dispose();
    }

    /// <summary>An attempt that failed, on the activity of its request.</summary>
    public static void Failed(Activity activity, string endpoint, string reason) =>
        activity.AddEvent(new ActivityEvent("attempt failed", tags: new ActivityTagsCollection { { "endpoint", endpoint }, { "reason", reason } }));

    public static void Attempt(string? service, string endpoint, in Outcome outcome, long nanoseconds)
    {
        if (service is null || !Attempts.Enabled && !Duration.Enabled) return;
        var tags = new TagList { { "service", service }, { "endpoint", endpoint }, { "outcome", outcome.Kind.ToString() } };
        Attempts.Add(1, tags);
        Duration.Record(nanoseconds / 1e9, tags);
    }

    public static void Repeat(string? service, string cause)
    {
        if (service is not null && Repeats.Enabled) Repeats.Add(1, new TagList { { "service", service }, { "cause", cause } });
    }

    public static void Refused(string? service, string cause)
    {
        if (service is not null && Refusals.Enabled) Refusals.Add(1, new TagList { { "service", service }, { "cause", cause } });
    }

    public static void Ejected(string? service, string endpoint, string cause)
    {
        if (service is not null && Ejections.Enabled) Ejections.Add(1, new TagList { { "service", service }, { "endpoint", endpoint }, { "cause", cause } });
    }

    public static void BadInput(string kind)
    {
        if (Ignored.Enabled) Ignored.Add(1, new TagList { { "kind", kind } });
    }
}
