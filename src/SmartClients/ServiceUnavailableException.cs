using System.Collections.Immutable;
using System.Text;
using SmartClients.Outcomes;

namespace SmartClients;

/// <summary>A request that no replica carried out: why, and what happened at each endpoint tried.</summary>
public sealed class ServiceUnavailableException : Exception
{
    /// <summary>Nothing is known.</summary>
    public ServiceUnavailableException() : this("The service is unavailable.") { }

    /// <summary>Only a message is known.</summary>
    public ServiceUnavailableException(string message) : this(message, null) { }

    /// <summary>Only a message and a cause are known.</summary>
    public ServiceUnavailableException(string message, Exception? inner) : base(message, inner) => (Service, Attempts) = ("", []);

    internal ServiceUnavailableException(
        string service, UnavailableReason reason, string why, ImmutableArray<FailedAttempt> attempts, Exception? inner)
        : base(Describe(service, why, attempts), inner) => (Service, Reason, Attempts) = (service, reason, attempts);

    /// <summary>The service's name.</summary>
    public string Service { get; }

    /// <summary>Why the request was given up.</summary>
    public UnavailableReason Reason { get; }

    /// <summary>Each attempt that failed, in order.</summary>
    public ImmutableArray<FailedAttempt> Attempts { get; }

    /// <summary>How far the request got in the worst case: whether it may have been carried out.</summary>
    public Delivery Delivery => Attempts.IsEmpty ? Delivery.NeverSent : Attempts.Max(a => a.Delivery);

    static string Describe(string service, string why, ImmutableArray<FailedAttempt> attempts)
    {
        var text = new StringBuilder();
        text.Append(service.Length > 0 ? $"Service '{service}' is unavailable: {why}" : $"The service is unavailable: {why}");
        foreach (var attempt in attempts.Take(8)) text.Append("\n  ").Append(attempt);
        if (attempts.Length > 8) text.Append($"\n  and {attempts.Length - 8} more");
        return text.ToString();
    }
}
