using System.Net.Http.Json;
using SmartClients.Outcomes;

namespace SmartClients.Http;

/// <summary>Whether a request's body can be sent again, and what follows when it cannot.</summary>
internal readonly struct RequestBody
{
    const long SmallEnoughToBuffer = 64 << 10;

    readonly OneShotContent? oneShot;

    RequestBody(OneShotContent? oneShot) => this.oneShot = oneShot;

    /// <summary>Whether another attempt can send the same bytes.</summary>
    public bool CanReplay => oneShot is null;

    /// <summary>Looks at the body; small ones of known length that could be read only once are read now.</summary>
    public static ValueTask<RequestBody> PrepareAsync(HttpRequestMessage request, CancellationToken cancel) =>
        request.Content is not { } content || IsReplayable(content) ? default : new ValueTask<RequestBody>(BufferOrMarkAsync(request, content, cancel));

    /// <summary>A bad outcome of a body that was begun and cannot be sent again is final, however far the request got.</summary>
    public Outcome Forbids(in Outcome outcome) =>
        oneShot is not { Begun: true } || outcome.Kind is OutcomeKind.Succeeded or OutcomeKind.NotItsFault ? outcome : outcome with
        {
            Delivery = Delivery.MayHaveExecuted,
            Reason = outcome.Reason + "; its body was begun and cannot be sent again (give it a length of 64 KiB at most, or a content that can be replayed)",
        };

    static bool IsReplayable(HttpContent content) => content switch
    {
        ByteArrayContent or ReadOnlyMemoryContent => true,
        JsonContent json => Sequences.CanBeReadAgain(json.Value),
        MultipartContent parts => parts.All(IsReplayable),
        _ => false,
    };

    static async Task<RequestBody> BufferOrMarkAsync(HttpRequestMessage request, HttpContent content, CancellationToken cancel)
    {
        if (content.Headers.ContentLength is <= SmallEnoughToBuffer)
        {
            await content.LoadIntoBufferAsync(SmallEnoughToBuffer, cancel).ConfigureAwait(false);
            return default;
        }
        var once = new OneShotContent(content);
        request.Content = once;
        return new RequestBody(once);
    }
}
