using System.Text;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;
using SmartClients.Http;

namespace SmartClients.Cli.Calling;

/// <summary>One request, and its reply on standard output or in a file.</summary>
internal sealed class SingleCall(CallSettings settings, RequestTemplate template, ReplicatedClient client, TimeProvider time)
{
    const long MostForJson = 64 << 20;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        using var request = template.Make();
        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (settings.Verbose) Messages.Note($"* answered by {response.AnsweredBy()} at attempt {response.Attempt()} after {Elapsed(began)} ms");
        if (settings.Json) await PrintDocumentAsync(response, began, cancel);
        else await PrintAsync(response, cancel);
        if (response.IsSuccessStatusCode || (int)response.StatusCode < 400) return ExitCode.Done;
        Messages.Problem($"HTTP {(int)response.StatusCode} {response.ReasonPhrase} from {response.AnsweredBy()}");
        return ExitCode.WorkFailed;
    }

    async Task PrintAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var output = Console.OpenStandardOutput();
        if (settings.ShowHead) await output.WriteAsync(Encoding.UTF8.GetBytes(Head(response)), cancel);
        if (settings.OutputFile is { } file) await SaveAsync(response, file, cancel);
        else await CopyAsync(response, output, long.MaxValue, cancel);
        await output.FlushAsync(cancel);
    }

    // Written beside the file and moved over it when whole, so that a broken transfer leaves no half file.
    async Task SaveAsync(HttpResponseMessage response, string file, CancellationToken cancel)
    {
        var beside = file + ".part";
        try
        {
            await using (var part = File.Create(beside)) await CopyAsync(response, part, long.MaxValue, cancel);
            File.Move(beside, file, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    async Task PrintDocumentAsync(HttpResponseMessage response, long began, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var bytes = await CopyAsync(response, settings.OutputFile is null ? body : Stream.Null, MostForJson, cancel);
        var text = Text(body);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value));
        Documents.Print(
            new CallReport((int)response.StatusCode, response.AnsweredBy()?.Address, response.Attempt(),
                Math.Round(time.GetElapsedTime(began).TotalMilliseconds, 3), bytes, headers, text, text is null ? Convert.ToBase64String(body.ToArray()) : null),
            Documents.Default.CallReport);
    }

    Task<long> CopyAsync(HttpResponseMessage response, Stream target, long most, CancellationToken cancel) =>
        BodyReader.CopyAsync(response.Content, target, most, settings.Patience, time, cancel);

    static string? Text(MemoryStream body)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    static string Head(HttpResponseMessage response)
    {
        var text = new StringBuilder($"HTTP/{response.Version} {(int)response.StatusCode} {response.ReasonPhrase}\r\n");
        foreach (var header in response.Headers.Concat(response.Content.Headers))
            foreach (var value in header.Value) text.Append(header.Key).Append(": ").Append(value).Append("\r\n");
        return text.Append("\r\n").ToString();
    }

    string Elapsed(long began) => Words.Milliseconds(time.GetElapsedTime(began).TotalMilliseconds);
}
