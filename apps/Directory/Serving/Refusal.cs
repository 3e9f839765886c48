using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Data.Sqlite;
using SmartClients.Directories.Publishing;
using SmartClients.Naming.Certificates;

namespace SmartClients.Directories.Serving;

/// <summary>A request that is not carried out: the status, and one clear line.</summary>
#pragma warning disable CA1032 // Thrown and caught here only, always with a status and a message.
internal sealed class Refusal(int status, string message, CertificateFault? fault = null) : Exception(message)
#pragma warning restore CA1032
{
    // SQLite's own numbers.
    const int ReadOnly = 8;
    const int DiskFull = 13;

    public int Status => status;

    /// <summary>What an exception means to whoever asked; <see langword="null"/> where it is a bug or a broken machine.</summary>
    public static Refusal? Of(Exception error) => error switch
    {
        Refusal refusal => refusal,
        CertificateException refused => new Refusal(StatusOf(refused.Fault), refused.Message, refused.Fault),
        DirectoryFullException full => new Refusal(StatusCodes.Status507InsufficientStorage, full.Message),
        SqliteException { SqliteErrorCode: DiskFull } => new Refusal(StatusCodes.Status507InsufficientStorage, "The directory's disk is full, and nothing was stored: ask who runs it."),
        SqliteException { SqliteErrorCode: ReadOnly } => new Refusal(StatusCodes.Status507InsufficientStorage, "The directory's store cannot be written, and nothing was stored: ask who runs it."),
        BadHttpRequestException bad => new Refusal(bad.StatusCode, bad.Message),
        _ => null,
    };

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = status;
        var answer = new ProblemAnswer(ReasonPhrases.GetReasonPhrase(status), status, Message, fault?.ToString());
        return context.Response.WriteAsJsonAsync(answer, AnswerJson.Plain.ProblemAnswer, "application/problem+json", context.RequestAborted);
    }

    static int StatusOf(CertificateFault fault) => fault switch
    {
        CertificateFault.Malformed or CertificateFault.BadSignature => StatusCodes.Status400BadRequest,
        CertificateFault.WrongKey => StatusCodes.Status403Forbidden,
        CertificateFault.RolledBack or CertificateFault.Contradicted => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
