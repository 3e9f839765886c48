using System.Net;
using System.Net.Sockets;

namespace SmartClients.Http;

/// <summary>Replicas that are only played, for the rehearsal: one of them fails, once.</summary>
internal sealed class StagedReplicas : HttpMessageHandler
{
    const string Why = "SmartClients rehearses a failure: nothing is wrong";

    /// <summary>What the next one that is asked does; those after it answer.</summary>
    public Scene Next { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var scene = Next;
        Next = Scene.Good;
        // Real ones answer on another thread.
        await Task.Yield();
        switch (scene)
        {
            case Scene.Refused: throw new HttpRequestException(HttpRequestError.ConnectionError, Why, new SocketException((int)SocketError.ConnectionRefused));
            case Scene.Broken: throw new HttpRequestException(HttpRequestError.ResponseEnded, Why, new SocketException((int)SocketError.ConnectionReset));
            case Scene.Silent: await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false); break;
        }
        return new HttpResponseMessage(scene == Scene.Unavailable ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StreamContent(new MemoryStream(new byte[16])),
        };
    }
}
