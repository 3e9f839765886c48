using System.Collections.Concurrent;

namespace SmartClients.Http.Tests.Etcd;

/// <summary>Calls a service without a pause for as long as the test lasts, and remembers who answered and what failed.</summary>
internal sealed class SteadyCalls : IAsyncDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly HttpMessageInvoker client;
    readonly Task running;
    readonly ConcurrentQueue<Exception> failures = new();
    readonly ConcurrentDictionary<string, int> answers = new();

    public SteadyCalls(Director director)
    {
        client = new HttpMessageInvoker(new SmartHandler(director));
        running = Task.Run(RunAsync);
    }

    public IReadOnlyCollection<Exception> Failures => failures;

    /// <summary>How many calls one replica has answered.</summary>
    public int AnswersOf(string address) => answers.GetValueOrDefault(address);

    public int Answers => answers.Values.Sum();

    async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "service://quotes/");
                using var response = await client.SendAsync(request, stop.Token);
                response.EnsureSuccessStatusCode();
                answers.AddOrUpdate(response.RequestMessage!.RequestUri!.Authority, 1, (_, n) => n + 1);
            }
            catch (Exception error) when (!stop.IsCancellationRequested)
            {
                failures.Enqueue(error);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        client.Dispose();
        stop.Dispose();
    }
}
