namespace SmartClients.Outcomes;

/// <summary>
/// Thrown by an action to say that its replica failed, and how far the request got: the paper's <c>RequestException</c>.
/// A protocol turns its own failures into this, so that one director serves every protocol.
/// </summary>
public class RequestException : Exception
{
    /// <summary>The replica failed and may have carried the request out.</summary>
    public RequestException() : this("The replica failed.") { }

    /// <summary>The replica failed and may have carried the request out.</summary>
    public RequestException(string message) : base(message) { }

    /// <summary>The replica failed and may have carried the request out.</summary>
    public RequestException(string message, Exception? inner) : base(message, inner) { }

    /// <summary>The replica failed, and this is how far the request got.</summary>
    public RequestException(string message, Delivery delivery, Exception? inner = null) : base(message, inner) => Delivery = delivery;

    /// <summary>How far the request got.</summary>
    /// <value>The default is <see cref="Delivery.MayHaveExecuted"/>.</value>
    public Delivery Delivery { get; } = Delivery.MayHaveExecuted;

    /// <summary>How long the replica asks to be left alone.</summary>
    /// <value>The default is zero: it did not say.</value>
    public TimeSpan RetryAfter { get; init; }
}
