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

    /// <summary>Servers that know of nothing that goes before a message.</summary>
    public Func<string, bool> Old { get; init; } = _ => false;

    /// <summary>How many posts were heard.</summary>
    public int Heard { get; private set; }

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
            Heard++;
            var (server, sequence) = (request.RequestUri!.Authority, body.GetProperty("sequence").GetInt64());
            List<string> messages = [request.Headers.GetValues("Idempotency-Key").Single() + " " + body.GetProperty("text").GetString()];
            if (body.TryGetProperty("before", out var before) && !Old(server))
                messages.InsertRange(0, before.EnumerateArray().Select(one => one.GetProperty("id").GetString() + " " + one.GetProperty("text").GetString()));
            var answer = messages.Select((message, i) => Answer(server, sequence - messages.Count + 1 + i, message)).Aggregate((one, next) => one.IsSuccessStatusCode ? next : one);
            answer.RequestMessage = request;
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
