namespace SmartClients.Transfer.Engine;

/// <summary>The file was not had. The message is one line for people.</summary>
public sealed class DownloadException : Exception
{
    /// <summary>Nothing is known.</summary>
    public DownloadException() : this("The file was not had.") { }

    /// <summary>Says why.</summary>
    public DownloadException(string message) : base(message) { }

    /// <summary>Says why.</summary>
    public DownloadException(string message, Exception? inner) : base(message, inner) { }
}
