using System.Net.Http.Headers;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Calling;

/// <summary>What every request of a call looks like; its body is read once.</summary>
internal sealed class RequestTemplate
{
    const long LargestBody = 1 << 30;

    readonly Uri address;
    readonly HttpMethod method;
    readonly List<(string Name, string Value)> headers;
    readonly byte[]? body;

    RequestTemplate(Uri address, HttpMethod method, List<(string, string)> headers, byte[]? body) =>
        (this.address, this.method, this.headers, this.body) = (address, method, headers, body);

    /// <exception cref="UsageException">A part of it cannot be used.</exception>
    public static async Task<RequestTemplate> ReadAsync(CallSettings settings, string scheme, CancellationToken cancel)
    {
        var path = settings.Url.Path.Length > 0 ? settings.Url.Path : "/";
        if (!Uri.TryCreate($"{scheme}://smart{path}", UriKind.Absolute, out var address))
            throw new UsageException($"'{path}' is not a path.");
        var body = settings.Data is { } data ? await ReadBodyAsync(data, cancel) : null;
        var template = new RequestTemplate(address, Method(settings.Method ?? (body is null ? "GET" : "POST")), [.. settings.Headers.Select(Header)], body);
        template.Make().Dispose();
        return template;
    }

    /// <summary>A fresh request.</summary>
    public HttpRequestMessage Make()
    {
        var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        }
        foreach (var (name, value) in headers)
        {
            if (request.Headers.TryAddWithoutValidation(name, value)) continue;
            request.Content ??= new ByteArrayContent([]);
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) request.Content.Headers.ContentType = null;
            if (!request.Content.Headers.TryAddWithoutValidation(name, value)) throw new UsageException($"'{name}' is not the name of a header.");
        }
        return request;
    }

    static HttpMethod Method(string name)
    {
        try
        {
            return HttpMethod.Parse(name);
        }
        catch (FormatException)
        {
            throw new UsageException($"'{name}' is not an HTTP method.");
        }
    }

    static (string, string) Header(string text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0 || text.Any(char.IsControl)) throw new UsageException($"'{text}' is not a header: write 'Name: value'.");
        return (text[..colon].Trim(), text[(colon + 1)..].Trim());
    }

    static async Task<byte[]> ReadBodyAsync(string data, CancellationToken cancel)
    {
        if (!data.StartsWith('@')) return System.Text.Encoding.UTF8.GetBytes(data);
        if (data == "@-")
        {
            var input = Console.OpenStandardInput();
            var all = new MemoryStream();
            // A read from a terminal cannot be cancelled; Ctrl-C must not wait for it.
            await input.CopyToAsync(all, cancel).WaitAsync(cancel);
            return all.ToArray();
        }
        var file = new FileInfo(data[1..]);
        if (!file.Exists) throw new UsageException($"'{data[1..]}' of --data does not exist.");
        if (file.Length > LargestBody) throw new UsageException($"'{data[1..]}' of --data is larger than 1 GiB.");
        return await File.ReadAllBytesAsync(file.FullName, cancel);
    }
}
