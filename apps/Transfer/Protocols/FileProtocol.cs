using SmartClients.Outcomes;

namespace SmartClients.Transfer.Protocols;

/// <summary>
/// Reads files from one endpoint at a time, in one protocol. It chooses no endpoint and repeats nothing: a director does. It keeps
/// connections for the next use, takes calls from many threads, and puts a limit of time on every step and of size on every reply.
/// </summary>
/// <remarks>Every failure is thrown as a <see cref="FileException"/>, which is a <see cref="RequestException"/>; only the caller's own
/// cancellation comes as <see cref="OperationCanceledException"/>.</remarks>
public abstract class FileProtocol : IAsyncDisposable
{
    /// <summary>Begins to read a file, or a part of it.</summary>
    /// <param name="at">Where it is.</param>
    /// <param name="part">Which part, and of which version.</param>
    /// <param name="cancel">Ends the opening. What is read afterwards has its own.</param>
    /// <returns>The file's facts and its bytes; to be disposed of.</returns>
    public abstract ValueTask<RemoteFile> OpenAsync(FileAddress at, FilePart part, CancellationToken cancel);

    /// <summary>The facts of a file without its bytes.</summary>
    public abstract ValueTask<FileFacts> LookAsync(FileAddress at, CancellationToken cancel);

    /// <summary>What is in a folder, without what is in its folders.</summary>
    public abstract ValueTask<IReadOnlyList<FolderEntry>> ListAsync(FileAddress at, CancellationToken cancel);

    /// <summary>Closes the connections that are kept.</summary>
    public abstract ValueTask DisposeAsync();
}
