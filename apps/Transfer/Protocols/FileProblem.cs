namespace SmartClients.Transfer.Protocols;

/// <summary>Why a file could not be read from an endpoint.</summary>
public enum FileProblem
{
    /// <summary>No connection: refused, unreachable, a name that is not found.</summary>
    Unreachable,

    /// <summary>A step took longer than it may.</summary>
    TimedOut,

    /// <summary>The endpoint asks to be left alone for now (HTTP 429 and 503, FTP 421).</summary>
    Busy,

    /// <summary>The connection broke, or the server failed.</summary>
    Broken,

    /// <summary>The server said what its protocol does not allow, or more than the limits do.</summary>
    Malformed,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>User, password or key were not accepted, or may not read this file.</summary>
    Denied,

    /// <summary>The server is not who it should be: a certificate or a host key that is not to be trusted.</summary>
    Untrusted,

    /// <summary>The file is not the version that was asked for.</summary>
    Changed,

    /// <summary>The part that was asked for begins beyond the file's end.</summary>
    BeyondEnd,

    /// <summary>The server cannot do what was asked.</summary>
    Unsupported,
}
