using Microsoft.AspNetCore.Http;

namespace SmartClients.Directories.Serving;

/// <summary><c>GET /v1/schema</c>: the JSON Schema of certificates.</summary>
internal static class SchemaEndpoint
{
    const string Resource = "service-certificate.schema.json";

    public static async Task GetAsync(HttpContext context)
    {
        await using var schema = typeof(SchemaEndpoint).Assembly.GetManifestResourceStream(Resource)
            ?? throw new Refusal(StatusCodes.Status404NotFound, "This build carries no schema.");
        context.Response.ContentType = "application/schema+json";
        await schema.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
