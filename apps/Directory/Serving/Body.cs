using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SmartClients.Directories.Serving;

/// <summary>Reads a request's body within a size and a time.</summary>
internal static class Body
{
    /// <summary>The whole body.</summary>
    /// <exception cref="Refusal">413: it is larger, which is said before any of it is read where its length is known; 408: it takes longer.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context, int most, TimeSpan limit, TimeProvider time)
    {
        if (context.Request.ContentLength > most) throw TooLarge(most);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = most;
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            var reader = context.Request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync(either.Token);
                var (tooLarge, whole) = (read.Buffer.Length > most, read.IsCompleted);
                var bytes = whole && !tooLarge ? read.Buffer.ToArray() : null;
                reader.AdvanceTo(whole || tooLarge ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
                if (tooLarge) throw TooLarge(most);
                if (bytes is not null) return bytes;
            }
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(most);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            throw new Refusal(
                StatusCodes.Status408RequestTimeout,
                string.Create(CultureInfo.InvariantCulture, $"The certificate did not arrive within {limit.TotalSeconds:0.###} s: send it again, whole."));
        }
    }

    static Refusal TooLarge(int most) =>
        new(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"The body is larger than {most:N0} bytes, the most that a signed certificate may have."));
}
