namespace SmartClients.Simulation.Describing;

/// <summary>What the replicas tell of their load; nothing by default.</summary>
public sealed record Help
{
    /// <summary>Unmodified servers.</summary>
    public static Help None { get; } = new();

    /// <summary>A report comes with each reply.</summary>
    public static Help WithReplies { get; } = new() { Replies = true };

    /// <summary>A report comes with each reply, and probes are answered.</summary>
    public static Help WithProbes { get; } = new() { Replies = true, Probes = true };

    /// <summary>Whether a report comes with each reply.</summary>
    public bool Replies { get; init; }

    /// <summary>How often each client asks each replica, in milliseconds; never where left out.</summary>
    public double? PollEveryMs { get; init; }

    /// <summary>Whether replicas answer the probes that a policy wants to send.</summary>
    public bool Probes { get; init; }

    /// <summary>What a probe or a poll asks of a core, in milliseconds. It is answered at once, beside the queue.</summary>
    public double WorkMs { get; init; }

    /// <summary>The window of a report's rates and use of the processor, in seconds.</summary>
    public double WindowS { get; init; } = 1;

    internal bool Any => Replies || Probes || PollEveryMs is not null;

    internal static Help Read(Fields fields)
    {
        var help = new Help
        {
            Replies = fields.Flag("replies", false),
            PollEveryMs = fields.Number("poll_every_ms", 1, 3.6e6),
            Probes = fields.Flag("probes", false),
            WorkMs = fields.Number("work_ms", 0, 0, 1000),
            WindowS = fields.Number("window_s", 1, 0.001, 3600),
        };
        fields.NoMore();
        return help;
    }
}
