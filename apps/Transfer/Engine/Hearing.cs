using SmartClients.Transfer.Mirrors;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Engine;

/// <summary>What a mirror says of the file when it is opened: whether it is the file that the others have.</summary>
internal static class Hearing
{
    /// <summary>What is said of a mirror whose answer is an error page.</summary>
    public const string Page = "sends an HTML page instead of the file";

    /// <exception cref="FileException">It is another file.</exception>
    public static void Listen(Job job, Mirror mirror, FileFacts facts)
    {
        var first = mirror.Facts is null;
        mirror.Facts = facts;
        mirror.Version ??= facts.Version;
        var isPage = IsErrorPage(facts, mirror.Address) && job.Agreement.Size is { } size && size != facts.Size;
        // A page has no voice: however many mirrors have lost the file, whoever still has it knows its size.
        if ((isPage ? Page : job.Agreement.Hear(mirror, facts)) is { } reason)
        {
            job.LeaveOut(mirror, reason, forItsSize: true);
            if (job.Agreement.Moved is not null) job.Wake.Up();
            throw new FileException(FileProblem.Malformed, reason);
        }
        if (first) TellOfVersions(job, mirror, facts);
    }

    /// <summary>Whether this looks like what a server says in the stead of a file.</summary>
    public static bool IsErrorPage(FileFacts facts, FileAddress address)
    {
        if (facts.ContentType is not ("text/html" or "application/xhtml+xml")) return false;
        var path = address.Path.Split('?', 2)[0];
        var name = path[(path.LastIndexOf('/') + 1)..];
        return Path.GetExtension(name) is { Length: > 1 } extension && !extension.Contains("htm", StringComparison.OrdinalIgnoreCase);
    }

    // Servers name versions as they like: that two names differ proves nothing, and two dates that differ not much.
    static void TellOfVersions(Job job, Mirror mirror, FileFacts facts)
    {
        if (job.Options.Sums.Whole is not null || job.Options.HasStretches || facts.Modified is not { } modified) return;
        foreach (var other in job.Usable)
            if (other != mirror && other.Facts?.Modified is { } its && Math.Abs((its - modified).TotalSeconds) > 2)
            {
                job.Tell($"{other.Endpoint.Address} says that the file is of {its.UtcDateTime:u}, {mirror.Endpoint.Address} of {modified.UtcDateTime:u}: only a hash (--sha256) can tell whether it is the same");
                return;
            }
    }
}
