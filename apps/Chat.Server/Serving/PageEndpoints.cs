using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SmartClients.Chat.Wire;
using SmartClients.Naming;
using Endpoint = SmartClients.Naming.Endpoint;

namespace SmartClients.Chat.Server.Serving;

/// <summary>What the page asks the server that it came from: <c>page.json</c>, by which name the servers are known, and
/// <c>members.json</c>, the servers themselves, for where they have none.</summary>
internal sealed class PageEndpoints(ChatServerOptions options)
{
    public Task SettingsAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, new PageSettings(options.Service, options.Directories), ChatJson.Default.PageSettings, context.RequestAborted);
    }

    public async Task MembersAsync(HttpContext context)
    {
        // A page speaks to all of them as it was itself spoken to.
        List<Endpoint> members = [.. options.Peers.Where(peer => peer.Scheme == context.Request.Scheme).Select(peer => new Endpoint(peer.Host.Trim('[', ']'), peer.Port))];
        if (Self(context.Request) is { } self) members.Insert(0, self);
        if (members.Count == 0) throw new Refusal(StatusCodes.Status404NotFound, "This server knows no members.");
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(MembersDocument.Write(members), context.RequestAborted);
    }

    // By the address that it was asked at; one that is none is left out.
    static Endpoint? Self(HttpRequest request)
    {
        try
        {
            return Endpoint.Parse(request.Host.Value ?? "", request.IsHttps ? 443 : 80);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
