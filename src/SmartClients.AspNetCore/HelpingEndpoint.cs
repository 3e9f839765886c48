using Microsoft.AspNetCore.Http;

namespace SmartClients.AspNetCore;

/// <summary>Marks the routes that help clients: what they do is no load, and no reason to stay.</summary>
internal sealed class HelpingEndpoint
{
    public static readonly HelpingEndpoint Mark = new();

    public static bool IsFor(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<HelpingEndpoint>() is not null;
}
