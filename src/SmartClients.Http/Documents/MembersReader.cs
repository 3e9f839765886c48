using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Http.Documents;

/// <summary>Makes members of documents, signed where they must be; an older one of the same source is refused.</summary>
/// <param name="opening">Whose signature is asked for, and which addresses are allowed.</param>
internal sealed class MembersReader(Opening opening)
{
    SignedMembers? known;

    public int MostBytes => opening.SignedBy is null ? MembersDocument.MostBytes : SignedMembers.MostBytes;

    /// <summary>The members of a document.</summary>
    /// <param name="document">Its bytes.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="description">Where the members are said to have been learnt.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ignored">Told when a member is left out.</param>
    /// <exception cref="IOException">It cannot be read, or believed: the message says why.</exception>
    public MemberSet Read(ReadOnlyMemory<byte> document, string source, string description, TimeProvider time, Action ignored)
    {
        var set = Members(document, source, time) with { Source = description };
        var allowed = opening.Addresses.Sift(set, out var refused);
        if (refused is not null) ignored();
        return allowed.Endpoints.IsEmpty ? throw new IOException($"{source} names nobody that is allowed: {refused}.") : allowed;
    }

    MemberSet Members(ReadOnlyMemory<byte> document, string source, TimeProvider time)
    {
        try
        {
            if (opening.SignedBy is not { } key) return MembersDocument.Parse(document, source);
            known = SignedMembers.Read(document, source, key, opening.Service, known, time.GetUtcNow());
            return known.Members;
        }
        catch (FormatException error)
        {
            // Whoever keeps the document may mend it: it is asked for again, and what was known goes on serving.
            throw new IOException(error.Message, error);
        }
    }
}
