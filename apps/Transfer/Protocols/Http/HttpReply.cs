using System.Net;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Http;

/// <summary>A reply held against what was asked.</summary>
internal readonly record struct HttpReply
{
    /// <summary>What it says of the file.</summary>
    public required FileFacts Facts { get; init; }

    /// <summary>The position of the first byte that comes.</summary>
    public long Start { get; init; }

    /// <summary>Whether the part that comes is the part that was asked for.</summary>
    public bool Honoured { get; init; }

    /// <summary>How many bytes must come.</summary>
    public long? Promised { get; init; }

    /// <summary>The part begins where the file ends.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Reads it.</summary>
    /// <exception cref="FileException">It is no success, contradicts itself, or is of another version or another part.</exception>
    public static HttpReply Of(HttpResponseMessage response, FileAddress at, FilePart part)
    {
        var reply = response.StatusCode switch
        {
            HttpStatusCode.OK => Whole(HttpFacts.Of(response, at, response.Content.Headers.ContentLength), part),
            HttpStatusCode.PartialContent => Partial(response, at, part),
            HttpStatusCode.RequestedRangeNotSatisfiable when Range(response) is { Total: { } total } && total == part.Offset =>
                new HttpReply { Facts = HttpFacts.Of(response, at, total), Start = total, Honoured = true, Promised = 0, IsEmpty = true },
            _ => throw HttpFailure.Of(response),
        };
        if (response.Content.Headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            throw new FileException(FileProblem.Unsupported, $"the file comes encoded as '{Failures.OneLine(response.Content.Headers.ContentEncoding.First())}', which was not asked for");
        if (part.Version is { } wanted && reply.Facts.Version is { } version && version != wanted)
            throw new FileException(FileProblem.Changed, "the file has changed since its other parts were fetched");
        return reply;
    }

    static HttpReply Whole(FileFacts facts, FilePart part)
    {
        if (part.Offset > facts.Size) throw new FileException(FileProblem.BeyondEnd, $"the file ends at {facts.Size}");
        return new HttpReply { Facts = facts, Start = 0, Honoured = part.IsWhole, Promised = facts.Size };
    }

    static HttpReply Partial(HttpResponseMessage response, FileAddress at, FilePart part)
    {
        if (part.IsWhole) throw new FileException(FileProblem.Malformed, "a part came where the whole file was asked for");
        var range = Range(response);
        if (range is not { From: { } from, To: { } to }) throw new FileException(FileProblem.Malformed, "a part came that does not say which one");
        var last = part.Offset + part.Length - 1;
        if (from != part.Offset || to > last) throw new FileException(FileProblem.Malformed, $"bytes {from}-{to} came where {part.Offset}-{last} were asked for");
        if (response.Content.Headers.ContentLength is { } length && length != to - from + 1)
            throw new FileException(FileProblem.Malformed, $"bytes {from}-{to} came with a length of {length}");
        // A server may send less than was asked for: that the rest is missing is told at the end, not here.
        var wanted = last is null ? range.Value.Total - from : Math.Min(last.Value, (range.Value.Total ?? long.MaxValue) - 1) - from + 1;
        return new HttpReply { Facts = HttpFacts.Of(response, at, range.Value.Total) with { Ranges = true }, Start = from, Honoured = true, Promised = wanted ?? to - from + 1 };
    }

    static ContentRange? Range(HttpResponseMessage response)
    {
        // As it came: the platform's own reading drops what it cannot read.
        if (!response.Content.Headers.NonValidated.TryGetValues("Content-Range", out var values) || values.Count != 1) return null;
        try
        {
            return ContentRange.Parse(values.ToString());
        }
        catch (FormatException error)
        {
            throw new FileException(FileProblem.Malformed, Failures.OneLine(error.Message), error);
        }
    }
}
