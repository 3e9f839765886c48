using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using SmartClients.Directories.Publishing;
using SmartClients.Directories.Storage;
using SmartClients.Naming.Certificates;

namespace SmartClients.Directories.Serving;

/// <summary><c>GET</c> and <c>PUT /v1/services/{name}</c>: one certificate.</summary>
internal sealed class CertificateEndpoints(CertificateStore store, DirectoryOptions options, TimeProvider time)
{
    public const string ContentType = "application/jose+json";

    public async Task GetAsync(HttpContext context, string name)
    {
        var service = Named(name);
        var document = store.Document(service)
            ?? throw new Refusal(StatusCodes.Status404NotFound, $"No service is called '{service}' here. To look for it by its title: /v1/services?q=…");
        var tag = $"\"{Base64Url.EncodeToString(SHA256.HashData(document).AsSpan(0, 15))}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Tag == tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = document.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(document, context.RequestAborted);
    }

    public async Task PutAsync(HttpContext context, string name)
    {
        var service = Named(name);
        var document = await Body.ReadAsync(context, SignedCertificate.MostBytes, options.BodyTimeout, time);
        var candidate = SignedCertificate.Read(document, "The certificate sent");
        if (candidate.Certificate.Name != service)
            throw new CertificateException(
                CertificateFault.WrongName, $"The certificate is of '{candidate.Certificate.Name}', and was sent to '{service}': send it to its own name.");
        // Once begun, it is carried through though nobody may wait for the answer any more: a broken connection decides nothing.
        var result = (await store.PublishAsync([candidate], PublicationRules.ForPublishers, time.GetUtcNow(), CancellationToken.None))[0];
        if (result.Refusal is { } refusal) throw refusal;
        context.Response.StatusCode = result.Publication == Publication.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        if (result.Publication == Publication.Created) context.Response.Headers.Location = "/v1/services/" + service;
        var outcome = result.Publication switch { Publication.Created => "created", Publication.Replaced => "replaced", _ => "same" };
        await context.Response.WriteAsJsonAsync(
            new PublicationAnswer(service, candidate.Certificate.Serial, candidate.Key, outcome), AnswerJson.Plain.PublicationAnswer, cancellationToken: context.RequestAborted);
    }

    static string Named(string name) => PublicationRules.NameOf(name)
        ?? throw new Refusal(StatusCodes.Status400BadRequest, "That is not a service's name: letters, digits, dots and hyphens, at most 128.");
}
