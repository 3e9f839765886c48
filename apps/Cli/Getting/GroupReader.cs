using SmartClients.Cli.Naming;
using SmartClients.Cli.Shell;
using SmartClients.Naming;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Manifests;
using SmartClients.Transfer.Metalinks;
using SmartClients.Transfer.Protocols;
using OpenName = SmartClients.Cli.Naming.OpenName;

namespace SmartClients.Cli.Getting;

/// <summary>What the command line names: a service, addresses, a Metalink document, a page that knows of duplicates.</summary>
internal sealed class GroupReader(GetSettings settings, NameTable names, Schemes schemes)
{
    static readonly string[] Descriptions = [".meta4", ".metalink"];

    /// <summary>The files that are meant.</summary>
    /// <exception cref="UsageException">They cannot be told.</exception>
    public async Task<IReadOnlyList<MirrorGroup>> ReadAsync(CancellationToken cancel)
    {
        var urls = settings.Urls;
        foreach (var url in urls) CheckScheme(url);
        if (urls.All(IsAddress))
        {
            if (urls is not [var only]) return [OfAddresses(urls.Select(url => new MetalinkAddress(url, 1)), null)];
            if (IsDescription(only)) return OfMetalink(await FetchAsync(only, Metalink.MostBytes, cancel), only);
            return settings.Recursive ? [OfAddresses([new MetalinkAddress(only, 1)], null)] : await OfPageAsync(only, cancel);
        }
        if (urls is [var missing] && IsDescription(missing) && !missing.Contains(':', StringComparison.Ordinal) && !File.Exists(missing))
            throw new UsageException($"'{missing}' is not there: a Metalink document is a file here, or an address.");
        if (urls is [var one]) return IsDescription(one) && File.Exists(one) ? OfMetalink(await FetchAsync(one, Metalink.MostBytes, cancel), one) : [await OfNameAsync(one, cancel)];
        throw new UsageException($"'{urls.First(url => !IsAddress(url))}' is not the address of a file, and several names do not go together: write scheme://host/path for each mirror, or one NAME/path.");
    }

    /// <summary>The manifest of --manifest.</summary>
    public async Task<Manifest> ManifestAsync(string at, CancellationToken cancel) => Manifest.Parse(await FetchAsync(at, Manifest.MostBytes, cancel), at);

    static void CheckScheme(string text)
    {
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon < 1 || !text[..colon].All(char.IsAsciiLetterOrDigit)) return;
        var scheme = text[..colon].ToLowerInvariant();
        if (scheme != "service" && Schemes.DefaultPort(scheme) is null)
            throw new UsageException($"'{scheme}' in '{text}' is no protocol that is known here: {string.Join(", ", Schemes.Names)}; or write service://NAME/path.");
    }

    // A certificate at an address is a name, and not a file: https://host/mirrors.jws/path.
    static bool IsAddress(string text)
    {
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0 || Schemes.DefaultPort(text[..colon].ToLowerInvariant()) is null) return false;
        if (!text.StartsWith("http", StringComparison.OrdinalIgnoreCase)) return true;
        return !text.Contains(".jws/", StringComparison.Ordinal) && !text.Contains(".jws@", StringComparison.Ordinal) && !text.Contains("/certificate/", StringComparison.Ordinal);
    }

    static bool IsDescription(string text) => Descriptions.Any(end => text.Split('?', 2)[0].EndsWith(end, StringComparison.OrdinalIgnoreCase));

    async Task<MirrorGroup> OfNameAsync(string text, CancellationToken cancel)
    {
        var url = ServiceName.Parse(text);
        if (url.Path.Length == 0 && !settings.Recursive) throw new UsageException($"'{text}' names no file: write {text}/path.");
        var wanted = settings.Scheme;
        var port = Schemes.DefaultPort(wanted ?? "http");
        var name = await names.OpenAsync(url, port, refresh: false, settings.Patience, cancel);
        var scheme = wanted ?? name.Source.Advice?.Scheme ?? "http";
        var path = url.Path.Length == 0 ? "/" : FileAddress.Escaped(url.Path);
        return new MirrorGroup(name, path, endpoint => new FileAddress(Scheme(endpoint, scheme), endpoint, endpoint.Metadata.GetValueOrDefault("path", "").TrimEnd('/') + path));
    }

    // What a source says of one mirror goes before what is said of all.
    static string Scheme(Endpoint endpoint, string otherwise) =>
        endpoint.Metadata.TryGetValue("scheme", out var its) && Schemes.DefaultPort(its) is not null ? its : otherwise;

    async Task<IReadOnlyList<MirrorGroup>> OfPageAsync(string url, CancellationToken cancel)
    {
        var itself = new MetalinkAddress(url, 1);
        if (!url.StartsWith("http", StringComparison.OrdinalIgnoreCase)) return [OfAddresses([itself], null)];
        var at = FileAddress.Parse(url);
        FileFacts facts;
        try
        {
            facts = await schemes.Of(at.Scheme).LookAsync(at, cancel);
        }
        catch (FileException)
        {
            // Whatever is wrong with it, fetching it will tell.
            return [OfAddresses([itself], null)];
        }
        var sums = LinkHeaders.Digest(facts) is { } digest ? new Sums { Whole = digest } : Sums.None;
        var duplicates = LinkHeaders.Duplicates(facts).Where(duplicate => IsAddress(duplicate.Url));
        if (LinkHeaders.Description(facts) is { } description && Uri.TryCreate(new Uri(url), description, out var address) && IsAddress(address.AbsoluteUri))
            try
            {
                var described = Metalink.Parse(await FetchAsync(address.AbsoluteUri, Metalink.MostBytes, cancel), address.AbsoluteUri);
                if (described.Files is [var file]) (sums, duplicates) = (sums.And(file.Sums), duplicates.Concat(file.Addresses.Where(other => IsAddress(other.Url))));
            }
            catch (Exception error) when (error is FileException or FormatException or UsageException)
            {
                Messages.Note($"What describes the file is left aside: {error.Message}");
            }
        return [OfAddresses(duplicates.Prepend(itself), null) with { Sums = sums }];
    }

    List<MirrorGroup> OfMetalink(ReadOnlyMemory<byte> bytes, string source)
    {
        var files = Metalink.Parse(bytes, source).Files;
        if (files.Length > 1 && (settings.ToPipe || settings.Sha256 is not null)) throw new UsageException($"'{source}' describes {files.Length} files: -o - and --sha256 go with one.");
        return
        [
            .. files.Select(file =>
            {
                var usable = file.Addresses.Where(address => IsAddress(address.Url)).ToList();
                if (usable.Count == 0) throw new UsageException($"'{source}' names no address of '{file.Name}' whose protocol is known here: {string.Join(", ", Schemes.Names)}.");
                return OfAddresses(usable, file.Name) with { Sums = file.Sums, FileName = file.Name };
            }),
        ];
    }

    // Those that are preferred count for more, and by how much is little: what is measured of them counts for more still.
    MirrorGroup OfAddresses(IEnumerable<MetalinkAddress> addresses, string? path)
    {
        var table = new Dictionary<string, FileAddress>(StringComparer.Ordinal);
        var endpoints = new List<Endpoint>();
        var ordered = addresses.OrderBy(address => address.Priority).ToList();
        var ranks = ordered.Select(address => address.Priority).Distinct().ToList();
        foreach (var address in ordered)
        {
            var at = FileAddress.Parse(address.Url);
            if (!table.TryAdd(at.Endpoint.Address, at))
            {
                // A server is one member, however many places it has the file at.
                table[at.Endpoint.Address] = table[at.Endpoint.Address].Or(at);
                continue;
            }
            endpoints.Add(at.Endpoint with { Weight = 1 / Math.Sqrt(1 + ranks.IndexOf(address.Priority)) });
        }
        var name = "list:" + string.Join(',', endpoints.Select(endpoint => endpoint.Address));
        return new MirrorGroup(new OpenName(name, new StaticNames(endpoints), names.State), path ?? table[endpoints[0].Address].Path, endpoint => table[endpoint.Address]);
    }

    async Task<ReadOnlyMemory<byte>> FetchAsync(string at, int most, CancellationToken cancel)
    {
        try
        {
            if (!IsAddress(at))
            {
                if (new FileInfo(at).Length > most) throw new UsageException($"'{at}' is larger than {most >> 20} MiB.");
                return await File.ReadAllBytesAsync(at, cancel);
            }
            var address = FileAddress.Parse(at);
            await using var file = await schemes.Of(address.Scheme).OpenAsync(address, FilePart.Whole, cancel);
            using var bytes = new MemoryStream();
            var buffer = new byte[64 << 10];
            for (int read; (read = await file.Content.ReadAsync(buffer, cancel)) > 0;)
            {
                if (bytes.Length + read > most) throw new UsageException($"'{at}' is larger than {most >> 20} MiB.");
                bytes.Write(buffer, 0, read);
            }
            return bytes.ToArray();
        }
        catch (FileException error)
        {
            throw new FileException(error.Problem, $"'{at}' cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{at}' cannot be read: {error.Message}");
        }
    }
}
