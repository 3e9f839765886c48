using System.Security.Cryptography;
using SmartClients.Cli.Load;
using SmartClients.Http;

namespace SmartClients.Cli.Demo;

/// <summary>Fetches the corpus through one director, a file after the other, and checks every byte.</summary>
internal sealed class FileClient : IDisposable
{
    readonly HttpClient http;
    readonly Corpus corpus;
    readonly Uri[] addresses;
    readonly Tally tally;
    readonly TimeProvider time;

    public FileClient(Director director, Corpus corpus, Tally tally, TimeProvider time)
    {
        (this.corpus, this.tally, this.time) = (corpus, tally, time);
        // Every file is read inside its attempt, whatever its size: no death of a replica can be seen.
        var options = new SmartHandlerOptions { BufferUpTo = Corpus.LargestFile };
        http = new HttpClient(new SmartHandler(director, options, new SocketsHttpHandler { UseProxy = false })) { Timeout = Timeout.InfiniteTimeSpan };
        addresses = [.. corpus.Files.Select(file => new Uri("service://files/" + file.Path))];
    }

    /// <summary>Fetches one file.</summary>
    /// <param name="number">Which: they are taken in turn.</param>
    /// <param name="meant">When the request was meant to start.</param>
    public async Task FetchAsync(long number, long meant)
    {
        var phase = tally.Phase;
        var index = (int)(number % corpus.Files.Count);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, addresses[index]);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (!response.IsSuccessStatusCode)
            {
                tally.Failed(phase, time.GetElapsedTime(meant), $"{corpus.Files[index].Path}: HTTP {(int)response.StatusCode}");
                return;
            }
            var body = await response.Content.ReadAsByteArrayAsync();
            var right = SHA256.HashData(body).AsSpan().SequenceEqual(corpus.Files[index].Sha256);
            tally.Answered(response.AnsweredBy()!.Address, phase, time.GetElapsedTime(meant), right);
        }
        catch (Exception error)
        {
            tally.Failed(phase, time.GetElapsedTime(meant), $"{corpus.Files[index].Path}: {error.Message}");
        }
    }

    public void Dispose() => http.Dispose();
}
