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
    /// <exception cref="IOException">It cannot be read, or believed: the message says why. One that names a member at an address that is
    /// refused is refused whole: what is left of it would be the choice of whoever put the rest in.</exception>
    public MemberSet Read(ReadOnlyMemory<byte> document, string source, string description, TimeProvider time)
    {
        var set = Members(document, source, time) with { Source = description };
        foreach (var endpoint in set.Endpoints)
            if (opening.Addresses.Refuses(endpoint) is { } why)
                throw new IOException($"{source} names the member {endpoint.Address}, and {why}: allow it in the rules of addresses if it is right.");
        return set;
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
