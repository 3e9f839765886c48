using System.Net;
using System.Text;
using System.Text.Json;

namespace SmartClients.Chat.Tests.Writing;

/// <summary>Servers that take messages as real ones do, hand nothing on by themselves, and fail as they are told to.</summary>
internal sealed class FakeServers(Random random) : HttpMessageHandler
{
    readonly Lock gate = new();
    readonly Dictionary<string, List<string>> logs = [];

    /// <summary>How often in a hundred a request is not heard, and how often its answer is not.</summary>
    public int Fails { get; set; }

    public IReadOnlyList<string> Log(string server)
    {
        lock (gate) return [.. logs.GetValueOrDefault(server, [])];
    }

    /// <summary>What the servers have between them; each must have a beginning of it.</summary>
    public IReadOnlyList<string> Longest
    {
        get
        {
            lock (gate)
            {
                var longest = logs.Values.MaxBy(log => log.Count) ?? [];
                return logs.Values.All(log => longest.Take(log.Count).SequenceEqual(log)) ? [.. longest] : throw new InvalidOperationException("The servers disagree.");
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken)).RootElement;
        lock (gate)
        {
            if (random.Next(100) < Fails) throw new HttpRequestException("not heard", null, HttpStatusCode.ServiceUnavailable);
            var answer = Answer(request.RequestUri!.Authority, body.GetProperty("sequence").GetInt64(), request.Headers.GetValues("Idempotency-Key").Single() + " " + body.GetProperty("text").GetString());
            return random.Next(100) < Fails ? throw new HttpRequestException("answer not heard", null, HttpStatusCode.ServiceUnavailable) : answer;
        }
    }

    HttpResponseMessage Answer(string server, long sequence, string message)
    {
        if (!logs.TryGetValue(server, out var log)) logs[server] = log = [];
        if (sequence == log.Count + 1)
        {
            log.Add(message);
            return Reply(HttpStatusCode.Created, "stored");
        }
        if (sequence > log.Count) return Reply(HttpStatusCode.Conflict, "gap");
        return log[(int)sequence - 1] == message ? Reply(HttpStatusCode.OK, "known") : Reply(HttpStatusCode.Conflict, "conflict");

        HttpResponseMessage Reply(HttpStatusCode status, string outcome) => new(status)
        {
            Content = new StringContent($$"""{"outcome":"{{outcome}}","expected":{{log.Count + 1}}}""", Encoding.UTF8, "application/json"),
        };
    }
}
