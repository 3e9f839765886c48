using System.Globalization;
using SmartClients.Learning;
using SmartClients.Learning.Orca;
using SmartClients.Naming;
using SmartClients.Terminals.Ssh;

namespace SmartClients.Terminals.Loads;

/// <summary>The load daemon, or whatever else tells a load in ORCA form by HTTP.</summary>
/// <param name="http">A plain client.</param>
/// <param name="where">Its port, or its port and path, on every machine that does not say otherwise by its metadata <c>agent</c>, which may name a host as well.</param>
/// <param name="targets">Where machines are, when they are known by the names of ssh's configuration.</param>
internal sealed class AgentLoads(HttpMessageInvoker http, string where, SshTargets? targets) : LoadReader
{
    public override async Task<LoadReport?> ReadAsync(Endpoint endpoint, CancellationToken cancel)
    {
        try
        {
            var host = endpoint.Host;
            if (targets is not null)
            {
                var target = await targets.FindAsync(endpoint).WaitAsync(cancel);
                if (!target.Direct) return null;
                host = target.Host;
            }
            if (Address(host, endpoint.Metadata.GetValueOrDefault("agent", where)) is not { } address) return null;
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var reply = await http.SendAsync(request, cancel);
            if (!reply.IsSuccessStatusCode) return null;
            // One byte above the limit, so that the reader sees it and refuses.
            var buffer = new byte[OrcaReader.MostLength + 1];
            await using var body = await reply.Content.ReadAsStreamAsync(cancel);
            var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
            return OrcaReader.TryParseJson(buffer.AsSpan(0, count), out var report) ? report : null;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Where an agent is: <c>9100</c>, <c>9100/path</c>, <c>host:9100</c>, <c>host:9100/path</c>. <see langword="null"/> where it is none of these.</summary>
    public static Uri? Address(string host, string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (place, path) = slash < 0 ? (text, Wire.LoadPath) : (text[..slash], text[slash..]);
        try
        {
            var at = int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? new Endpoint(host, port) : Endpoint.Parse(place);
            return Uri.TryCreate($"http://{at.Address}{path}", UriKind.Absolute, out var address) ? address : null;
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
