using System.Buffers;

namespace SmartClients.Naming;

/// <summary>A name of a replicated service, and perhaps a path to ask its replicas for. Immutable. The one grammar of names:</summary>
/// <remarks><code>
/// service://now-chat[@KEY][/path]                 "now chat service[/path]" means the same
/// https://host/quotes.jws[@KEY][/path]            http too; the document ends in .jws, .json or /certificate
/// list:host:port,host:port[/path]                 file:PATH.json[/path]
/// dns:host:port[/path]    srv:_svc._tcp.host[/path]    and any other FORM:VALUE[/path]
/// members:[/path]                         the path is of the members document, never of a request
/// </code>
/// KEY is the thumbprint (RFC 7638, SHA-256) of the key that must have signed the certificate. A service's name is made of lower-case
/// letters, digits, dots and hyphens; spaces stand for hyphens, capitals for small letters, and a last word "service", as the paper
/// writes it, is left out.</remarks>
public sealed record ServiceName
{
    /// <summary>The longest name with its path, in characters: 65,536.</summary>
    public const int MostCharacters = 65_536;

    internal const int MostServiceCharacters = 128;
    const int KeyCharacters = 43;
    static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    static readonly SearchValues<char> KeyLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
    static readonly string[] DocumentEnds = [".jws", ".json", "/certificate"];

    ServiceName(string form, string value, string? key, string path) => (Form, Value, Key, Path) = (form, value, key, path);

    /// <summary>The word before the first colon: <c>service</c>, <c>list</c>, <c>https</c>.</summary>
    public string Form { get; }

    /// <summary>What the form reads: of <c>service</c> the bare name, of <c>http</c> and <c>https</c> the address from its two slashes on.</summary>
    public string Value { get; }

    /// <summary>The key's thumbprint, where the name gives one.</summary>
    public string? Key { get; }

    /// <summary>What the replicas are asked for, from its slash on and with its query; empty when the name stands alone.</summary>
    public string Path { get; }

    /// <summary>The name of a service itself, without <c>service://</c> and key.</summary>
    /// <exception cref="FormatException">It is no service's name.</exception>
    public static ServiceName OfService(string name, string? key = null) => new("service", Service(name, name), key is null ? null : CheckedKey(key, name), "");

    /// <summary>Reads a name, with or without a path.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong and what to write.</exception>
    public static ServiceName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MostCharacters) throw new FormatException($"The name '{text[..40]}…' is longer than {MostCharacters:N0} characters.");
        if (text.Trim().Length == 0) throw new FormatException("The name is empty: write service://NAME or list:host:port,host:port.");
        if (text.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0) throw new FormatException($"The name '{text}' holds a control character.");
        var colon = text.IndexOf(':');
        var slash = text.AsSpan().IndexOfAny('/', '?');
        // Without a form it is a service's name, as people say it.
        if (colon < 0 || slash >= 0 && slash < colon) return OfText(text, 0);
        var form = text[..colon];
        if (form.Length == 0 || form.AsSpan().ContainsAnyExcept(Letters) || form.AsSpan().IndexOfAny('-', '.') >= 0)
            throw new FormatException($"'{text}' does not begin with a form of name: write service://NAME, list:…, file:…");
        // The path is what this form reads, and may be left out.
        if (form == "members") return new ServiceName(form, text[(colon + 1)..], null, "");
        if (colon + 1 == text.Length) throw new FormatException($"'{text}' says nothing after the colon.");
        return form switch
        {
            "service" => OfText(text, text.AsSpan(colon + 1).StartsWith("//") ? colon + 3 : colon + 1),
            "http" or "https" => OfDocument(text, form, colon + 1),
            "file" => Cut(text, form, colon + 1, EndOfDocument(text, colon + 1, [".json", ".jws"])),
            _ => Cut(text, form, colon + 1, text.AsSpan(colon + 1).IndexOfAny('/', '?') is >= 0 and var at ? colon + 1 + at : text.Length),
        };
    }

    /// <summary>The name without its path, in the form that means one service only: what <see cref="Parse"/> reads back.</summary>
    public override string ToString() => (Form == "service" ? "service://" : Form + ":") + Value + (Key is null ? "" : "@" + Key);

    static ServiceName OfText(string text, int start)
    {
        var end = text.AsSpan(start).IndexOfAny('/', '?') is >= 0 and var at ? start + at : text.Length;
        var (name, key) = SplitKey(text[start..end]);
        return new ServiceName("service", Service(name, text), key is null ? null : CheckedKey(key, text), PathFrom(text, end));
    }

    static ServiceName OfDocument(string text, string form, int start)
    {
        if (!text.AsSpan(start).StartsWith("//")) throw new FormatException($"'{text}' has no host: write {form}://host/quotes.jws.");
        // A key follows the document's name, and is looked for there only: an @ may stand in the path of the request as well.
        var end = EndOfDocument(text, start, DocumentEnds);
        var rest = end;
        string? key = null;
        if (end < text.Length && text[end] == '@')
        {
            rest = text.AsSpan(end).IndexOfAny('/', '?') is >= 0 and var at ? end + at : text.Length;
            key = CheckedKey(text[(end + 1)..rest], text);
        }
        if (!Uri.TryCreate(text[..end], UriKind.Absolute, out var address) || address.Host.Length == 0 || address.UserInfo.Length > 0)
            throw new FormatException($"'{text[..end]}' is not the address of a document: write {form}://host/quotes.jws.");
        return new ServiceName(form, text[start..end], key, PathFrom(text, rest));
    }

    static ServiceName Cut(string text, string form, int start, int end) =>
        end > start ? new ServiceName(form, text[start..end], null, PathFrom(text, end))
            : throw new FormatException($"'{text}' says nothing after the colon.");

    // The first end that a slash, a question mark, a key or nothing follows; the whole text where there is none.
    static int EndOfDocument(string text, int start, string[] ends)
    {
        for (var at = start; at < text.Length; at++)
            foreach (var end in ends)
                if (string.CompareOrdinal(text, at, end, 0, end.Length) == 0
                    && (at + end.Length == text.Length || text[at + end.Length] is '/' or '?' or '@')) return at + end.Length;
        return text.Length;
    }

    static string PathFrom(string text, int at) => at == text.Length ? "" : text[at] == '/' ? text[at..] : "/" + text[at..];

    static (string Name, string? Key) SplitKey(string text) =>
        text.IndexOf('@') is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);

    static string Service(string name, string text)
    {
        var words = name.Replace("%20", " ", StringComparison.Ordinal).ToLowerInvariant().Split([' ', '-', '+'], StringSplitOptions.RemoveEmptyEntries);
        if (words is [_, .., "service"] && name.AsSpan().IndexOfAny(" +%") >= 0) words = words[..^1];
        var plain = string.Join('-', words);
        if (plain.Length is 0 or > MostServiceCharacters || plain.AsSpan().ContainsAnyExcept(Letters) || plain[0] == '.' || plain[^1] == '.'
            || plain.Contains("..", StringComparison.Ordinal))
            throw new FormatException($"'{name}' in '{text}' is not a service's name: letters, digits, dots, hyphens and spaces, at most {MostServiceCharacters}.");
        return plain;
    }

    static string CheckedKey(string key, string text) =>
        key.Length == KeyCharacters && !key.AsSpan().ContainsAnyExcept(KeyLetters) ? key
            : throw new FormatException($"'{key}' in '{text}' is not a key's thumbprint: {KeyCharacters} letters, digits, - and _.");
}
