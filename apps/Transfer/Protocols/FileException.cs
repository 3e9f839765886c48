using SmartClients.Outcomes;

namespace SmartClients.Transfer.Protocols;

/// <summary>An endpoint did not give what it was asked for. The message is one line that says why, with the server's own words where it
/// gave any; it does not name the endpoint, which whoever asked knows.</summary>
public sealed class FileException : RequestException
{
    /// <summary>Says what went wrong, and why.</summary>
    public FileException(FileProblem problem, string message, Exception? inner = null) : base(message, Reached(problem), inner) => Problem = problem;

    /// <summary>What went wrong.</summary>
    public FileProblem Problem { get; }

    /// <summary>Whether the endpoint may well have the file elsewhere: it could be asked, and does not give this.</summary>
    public bool IsOfThePlace => Problem is FileProblem.Missing or FileProblem.Denied or FileProblem.Unsupported or FileProblem.Broken or FileProblem.Malformed;

    static Delivery Reached(FileProblem problem) => problem switch
    {
        FileProblem.Unreachable or FileProblem.Untrusted => Delivery.NeverSent,
        FileProblem.Busy => Delivery.Rejected,
        _ => Delivery.MayHaveExecuted,
    };
}
