using System.Net;
using System.Net.Http.Headers;
using SmartClients.Http.Loads;

namespace SmartClients.Fuzz.Targets;

/// <summary>Streams of load reports, as a server pushes them: whatever comes, the listener ends, and says how long to wait.</summary>
internal sealed class EventStreamsTarget : FuzzTarget, IDisposable
{
    readonly Director director = Director.For("list:10.0.0.1:80,10.0.0.2:80");
    readonly HttpMessageInvoker client;
    byte[] body = [];

    public EventStreamsTarget()
    {
        director.ReadyAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        client = new HttpMessageInvoker(new Answers(this));
    }

    public override string Name => "event-streams";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8("data: {\"cpu_utilization\":0.5}\n\n: still here\n\nevent: load\nid: 7\nretry: 1000\ndata: {\"rps_fractional\":\ndata: 12}\n\n"),
        Utf8("\ufeffdata:{\"cpu_utilization\":0.9}\r\n\r\nevent: leaving\r\ndata\r\n\r\n"),
    ];

    public override IReadOnlyList<string> Words { get; } = ["data: ", "data:", "event: ", "event: leaving\n", "id: ", "retry: ", ":", "\n\n", "\r\r", "{\"cpu_utilization\":1}", "\ufeff"];

    public override int MostBytes => 64 << 10;

    public override string Feed(byte[] input)
    {
        body = input;
        var source = new LoadSource(client, new HttpLoadOptions(), TimeProvider.System);
        var pause = new LoadListener(director, source).VisitAsync(director.Members[0].Endpoint, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        Must(pause >= TimeSpan.Zero, "a pause is not negative");
        var member = director.Members[0];
        // What was told last, roughly: streams that tell something new are worth changing further.
        return $"read {pause.TotalSeconds:0} {member.State} {member.Evidence?.Report.CpuUtilization:0.0} {member.Evidence?.Report.RequestsPerSecond:0e0}";
    }

    public override bool Documents(Exception error) => false;

    public void Dispose()
    {
        client.Dispose();
        director.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    sealed class Answers(EventStreamsTarget target) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(target.body) { Headers = { ContentType = new MediaTypeHeaderValue("text/event-stream") } },
            });
    }
}
