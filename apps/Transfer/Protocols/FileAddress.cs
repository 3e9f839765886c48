using System.Globalization;
using SmartClients.Naming;

namespace SmartClients.Transfer.Protocols;

/// <summary>Where a file is: a scheme, an endpoint, a path.</summary>
/// <param name="Scheme">One of <see cref="Schemes.Names"/>.</param>
/// <param name="Endpoint">The server. Its authority, where it has one, is the name that it is asked for and that its certificate bears.</param>
/// <param name="Path">The path as a URL has it: escaped, beginning with a slash, and with the query where there is one.</param>
/// <remarks>
/// In FTP a path begins where the login leads, and at the root when it begins with <c>//</c> or <c>/%2F</c>; in SFTP at the root, and
/// where the login leads when it begins with <c>/~/</c>: as in curl.
/// </remarks>
public sealed record FileAddress(string Scheme, Endpoint Endpoint, string Path)
{
    // RFC 3986 has no place for these in a URL.
    const string Unwise = " \"<>\\^`{|}";

    /// <summary>The path as a URL has it.</summary>
    /// <exception cref="FormatException">It begins with no slash, holds a blank or a control character, or, where paths are sent in
    /// commands, an escaped line break.</exception>
    public string Path { get; init => field = Checked(value, Scheme); } = Checked(Path, Scheme);

    /// <summary>Who asks; when left out, whoever <c>~/.netrc</c> names, else nobody in particular.</summary>
    public Login? Login { get; init; }

    /// <summary>Where else the same endpoint has it, should it not be here; <see langword="null"/> when nowhere.</summary>
    public FileAddress? Otherwise { get; init; }

    /// <summary>The address, and where else the endpoint has it, in order; none twice.</summary>
    /// <param name="last">The address that is tried after all others.</param>
    public FileAddress Or(FileAddress last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return this with { Otherwise = null } == last ? this : this with { Otherwise = Otherwise?.Or(last) ?? last };
    }

    /// <summary>Asks at each place in turn, until it is had at one.</summary>
    public async ValueTask<T> FirstAsync<T>(Func<FileAddress, ValueTask<T>> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        for (var at = this; ; at = at.Otherwise)
            try
            {
                return await ask(at).ConfigureAwait(false);
            }
            catch (FileException error) when (error.IsOfThePlace && at.Otherwise is not null)
            {
                // It may be where else it was said to be.
            }
    }

    /// <summary>Something in the folder that this is, here and where else it is.</summary>
    /// <param name="below">The way from there, escaped, with slashes between.</param>
    public FileAddress Below(string below) => this with { Path = Path.TrimEnd('/') + "/" + below, Otherwise = Otherwise?.Below(below) };

    /// <summary>Reads a URL.</summary>
    /// <exception cref="FormatException">It is none, or its scheme has no protocol here; the message says what is wrong.</exception>
    public static FileAddress Parse(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || !url.Contains("://", StringComparison.Ordinal))
            throw new FormatException($"'{url}' is not an address: write scheme://host/path.");
        if (Schemes.DefaultPort(uri.Scheme) is not { } usual)
            throw new FormatException($"'{uri.Scheme}' in '{url}' is not a scheme for files: {string.Join(", ", Schemes.Names)}.");
        return new FileAddress(uri.Scheme, new Endpoint(uri.IdnHost, uri.Port > 0 ? uri.Port : usual), PathOf(url)) { Login = Of(uri.UserInfo) };
    }

    /// <summary>The address without its password.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{(Login is null ? "" : Uri.EscapeDataString(Login.User) + "@")}{Endpoint.Address}{Path}");

    // Uri itself would shorten "/a//b/../c", which mean something to a server.
    static string PathOf(string url)
    {
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var path = end < 0 ? "" : rest[end..].Split('#', 2)[0];
        return Escaped(path.StartsWith('/') ? path : "/" + path);
    }

    /// <summary>A path as people write it, as a URL has it: what may not stand there is escaped, and what is escaped already stays.</summary>
    public static string Escaped(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return string.Concat(path.EnumerateRunes().Select(rune => rune.IsAscii && !Unwise.Contains((char)rune.Value) ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
    }

    static string Checked(string path, string scheme)
    {
        if (!path.StartsWith('/')) throw new FormatException($"The path '{path}' does not begin with a slash.");
        var escaped = scheme is not ("http" or "https") && (path.Contains("%0", StringComparison.Ordinal) || path.Contains("%1", StringComparison.Ordinal));
        if (path.Any(c => c <= ' ' || c == 0x7f) || escaped && Uri.UnescapeDataString(path).Any(char.IsControl))
            throw new FormatException($"The path '{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}' holds a blank or a control character.");
        return path;
    }

    static Login? Of(string info)
    {
        if (info.Length == 0) return null;
        var parts = info.Split(':', 2);
        return new Login(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null);
    }
}
