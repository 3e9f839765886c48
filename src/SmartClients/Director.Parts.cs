using SmartClients.Candidates;
using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Sending;

namespace SmartClients;

/// <content>What a director is made of, and how it is made.</content>
public sealed partial class Director
{
    readonly DirectorOptions options;
    readonly NameSource source;
    readonly Clock clock;
    readonly Diary? diary;
    readonly Group group;
    readonly Availability availability;
    readonly Chooser chooser;
    readonly Repeats repeats;
    readonly Lessons lessons;
    readonly LatencyHistogram latencies;
    readonly Outstanding outstanding;
    readonly Rounds rounds;
    readonly Action<Attempt, Outcome> failedLate;
    readonly Action<Ended> learnLater;

    /// <summary>A director for the group that a source tells.</summary>
    /// <param name="name">The service's name, for messages and metrics.</param>
    /// <param name="source">Where the members are learnt.</param>
    /// <param name="options">Every knob; the defaults when left out.</param>
    /// <param name="policy">A policy of your own; the one that the options name when left out.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public Director(string name, NameSource source, DirectorOptions? options = null, Policy? policy = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(source);
        this.source = source;
        this.options = (options ?? new DirectorOptions()).Within(source.Advice);
        this.options.Validate();
        Name = name;
        clock = new Clock(this.options.Time);
        if (this.options.State is { } state) diary = new Diary(state, this.options.StateName ?? name, this.options, clock);
        policy ??= Policies.Find(this.options.Policy);
        if (this.options.Affinity && policy is not SiteAffinity) policy = new SiteAffinity(policy);
        latencies = new LatencyHistogram(this.options.HedgePercentile);
        availability = new Availability(name, this.options, clock);
        group = new Group(name, source, clock, this.options.FirstMembers, this.options.SourceRetry, Changed, Recall);
        chooser = new Chooser(this.options, policy, availability);
        repeats = new Repeats(name, this.options, latencies);
        lessons = new Lessons(name, this.options, latencies, availability);
        outstanding = new Outstanding(clock);
        rounds = new Rounds(group, clock, this.options.Random);
        failedLate = FailedLate;
        learnLater = LearnLater;
    }

    /// <summary>A director for a fixed list, such as <c>list:host:port,host:port</c>, or another form that <see cref="Names.Core"/> opens.</summary>
    /// <exception cref="FormatException">The name cannot be read.</exception>
    public static Director For(string name, DirectorOptions? options = null) => For(name, Names.Core, options);

    /// <summary>A director for a name in any of the forms of a table.</summary>
    /// <param name="name">The name: <c>service://quotes</c>, <c>list:host:port,host:port</c>.</param>
    /// <param name="names">The table.</param>
    /// <param name="options">Every knob. When left out, the defaults with what the name's certificate wishes, as far as it is known already.</param>
    /// <exception cref="FormatException">The name cannot be read.</exception>
    public static Director For(string name, Names names, DirectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        var source = names.Open(name);
        return new Director(name, source, options ?? new DirectorOptions().Following(source.Advice));
    }

    /// <summary>The service's name.</summary>
    public string Name { get; }

    /// <summary>Where the members are learnt.</summary>
    public NameSource Source => source;

    /// <summary>The clock that the director goes by.</summary>
    public TimeProvider Time => clock.Time;

    /// <summary>What the options say about an exception, or what <see cref="Classify"/> does.</summary>
    /// <remarks>For protocols that judge their own results.</remarks>
    public Outcome Judge(Exception error) => options.ClassifyException?.Invoke(error) ?? Classify.Exception(error);

    /// <summary>Told of each pick and what it was made from. Costs nothing while nobody listens; called on the request's thread.</summary>
    public event Action<Decision>? Decided;
}
