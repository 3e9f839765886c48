namespace SmartClients.Http;

/// <summary>How HTTP requests are sent through a director.</summary>
public sealed record SmartHandlerOptions
{
    /// <summary>The scheme for requests to <c>service://</c> addresses; <c>http://</c> and <c>https://</c> ones keep theirs.</summary>
    /// <value>The default is <c>http</c>. <c>http</c> or <c>https</c>.</value>
    public string Scheme
    {
        get;
        init => field = value is "http" or "https" ? value : throw new ArgumentException($"Scheme is '{value}': it must be http or https.");
    } = "http";

    /// <summary>
    /// Bodies of known length up to this many bytes are read inside the attempt, so that a replica that dies half-way through one is
    /// as invisible as any other failure. Longer ones, and those of unknown length, stream: once their head was handed out, they
    /// cannot be moved.
    /// </summary>
    /// <value>The default is 256 KiB. 0 (always stream) to 1 GiB.</value>
    public long BufferUpTo
    {
        get;
        init => field = value is >= 0 and <= 1 << 30 ? value : throw new ArgumentException($"BufferUpTo is {value}: it must be from 0 to 1073741824.");
    } = 256 << 10;

    /// <summary>Whether POST, PATCH and other methods that are not idempotent by RFC 9110 may be repeated after they may have been
    /// carried out. A request with an <c>Idempotency-Key</c> header may be in any case.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RepeatUnsafe { get; init; }

    /// <summary>Whether the Host header and the TLS name are the service's name, as in the request's address, instead of the replica's.</summary>
    /// <value>The default is <see langword="false"/>: a replica is called by its own name, or by its <c>authority</c> where it has one.</value>
    public bool HostFromService { get; init; }
}
