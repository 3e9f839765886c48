using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SmartClients.Directories.Storage;

namespace SmartClients.Directories.Serving;

/// <summary>What answers with lists: searches, and what peers ask.</summary>
internal sealed class ListingEndpoints(CertificateStore store)
{
    public const int MostResults = 100;
    const int MostChanges = 1000;
    const int MostQueryCharacters = 256;

    /// <summary><c>GET /v1/services?q=words&amp;limit=20</c></summary>
    public Task SearchAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        new SearchAnswer(store.Search(Words(context), (int)Number(context, "limit", 20, 1, MostResults))), AnswerJson.Plain.SearchAnswer,
        cancellationToken: context.RequestAborted);

    /// <summary><c>GET /v1/changes?after=N&amp;limit=100</c></summary>
    public Task ChangesAsync(HttpContext context)
    {
        var (changes, last) = store.Changes(Number(context, "after", 0, 0, long.MaxValue), (int)Number(context, "limit", 100, 1, MostChanges));
        return context.Response.WriteAsJsonAsync(
            new ChangesAnswer(store.Identity, last, changes), AnswerJson.Plain.ChangesAnswer, cancellationToken: context.RequestAborted);
    }

    /// <summary><c>GET /v1/conflicts</c></summary>
    public Task ConflictsAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        new ConflictsAnswer(store.Conflicts(MostChanges)), AnswerJson.Plain.ConflictsAnswer, cancellationToken: context.RequestAborted);

    /// <summary><c>GET /healthz</c></summary>
    public Task HealthAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        new HealthAnswer("ok", store.Count), AnswerJson.Plain.HealthAnswer, cancellationToken: context.RequestAborted);

    /// <summary>What is looked for.</summary>
    /// <exception cref="Refusal">It is too long.</exception>
    public static string Words(HttpContext context)
    {
        var words = context.Request.Query["q"].ToString();
        return words.Length <= MostQueryCharacters ? words
            : throw new Refusal(StatusCodes.Status400BadRequest, $"q is longer than {MostQueryCharacters} characters: a few words will do.");
    }

    static long Number(HttpContext context, string name, long fallback, long least, long most)
    {
        var given = context.Request.Query[name];
        if (StringValues.IsNullOrEmpty(given)) return fallback;
        return long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw new Refusal(StatusCodes.Status400BadRequest, $"{name} is not a whole number from {least} to {most}.");
    }
}
