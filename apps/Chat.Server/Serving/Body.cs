using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace SmartClients.Chat.Server.Serving;

/// <summary>Reads a request's body within a size and a time.</summary>
internal static class Body
{
    /// <summary>The whole body, as JSON of a kind.</summary>
    /// <exception cref="Refusal">413: it is larger; 408: it takes longer; 400: it is no such JSON.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, int most, TimeSpan limit, TimeProvider time) where T : class
    {
        if (context.Request.ContentLength > most) throw TooLarge(most);
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
                // Only now: what cannot be parsed must not leave the body half read.
                if (bytes is not null) return Parse(new ReadOnlySequence<byte>(bytes), type);
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
                string.Create(CultureInfo.InvariantCulture, $"The body did not arrive within {limit.TotalSeconds:0.###} s: send it again, whole."));
        }
    }

    /// <summary>JSON of a kind.</summary>
    /// <exception cref="Refusal">It is none.</exception>
    public static T Parse<T>(ReadOnlySequence<byte> json, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var value = JsonSerializer.Deserialize(ref reader, type) ?? throw Refusal.BadRequest("The body is null: send a JSON object.");
            return reader.Read() ? throw Refusal.BadRequest("The body goes on after its JSON object.") : value;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw Refusal.BadRequest("The body is not the JSON that is wanted here, in UTF-8: " + error.Message.Split('\n')[0]);
        }
    }

    static Refusal TooLarge(int most) =>
        new(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"The body is larger than {most:N0} bytes: send less at a time."));
}
