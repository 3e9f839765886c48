namespace SmartClients.Http.Tests.Etcd;

/// <summary>A network that holds every watch back until it is told to let it through.</summary>
internal sealed class HeldWatch : DelegatingHandler
{
    readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldWatch() => InnerHandler = new SocketsHttpHandler { UseProxy = false };

    public Task Asked => asked.Task;

    public void Release() => released.TrySetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath == "/v3/watch")
        {
            asked.TrySetResult();
            await released.Task.WaitAsync(cancellationToken);
        }
        return await base.SendAsync(request, cancellationToken);
    }
}
