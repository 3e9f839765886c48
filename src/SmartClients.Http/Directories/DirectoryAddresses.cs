using System.Collections.Frozen;
using SmartClients.Naming;

namespace SmartClients.Http.Directories;

/// <summary>Where the directories are: <c>http://a:8600,https://b.example</c>, or a name of theirs (<c>list:a:8600,b:8600</c>,
/// <c>srv:_smart-directory._tcp.example.org</c>). Several, so that none matters.</summary>
public static class DirectoryAddresses
{
    /// <summary>The environment variable that names them: <c>SMART_DIRECTORIES</c>.</summary>
    public const string Variable = "SMART_DIRECTORIES";

    const string SchemeKey = "scheme";

    /// <summary>What <see cref="Variable"/> says; <see langword="null"/> where it is not set, or empty.</summary>
    public static string? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>The source of the directories' addresses.</summary>
    /// <param name="text">Addresses with commas between them, or a name.</param>
    /// <param name="names">Opens the name; <see cref="Names.Core"/> when left out.</param>
    /// <exception cref="FormatException">It is neither; the message says what to write.</exception>
    public static NameSource Parse(string text, Names? names = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0) throw new FormatException("No directory is named: write http://HOST:PORT,http://HOST:PORT or list:HOST:PORT,HOST:PORT.");
        return IsAddress(parts[0]) ? new StaticNames(parts.Select(Address)) : Named(text.Trim(), names ?? Names.Core);
    }

    static NameSource Named(string text, Names names)
    {
        try
        {
            return names.Open(text);
        }
        catch (FormatException error)
        {
            throw new FormatException($"'{text}' leads to no directories: write http://HOST:PORT, or a name such as list:HOST:PORT,HOST:PORT. {error.Message}", error);
        }
    }

    /// <summary>Where a path of a directory is asked for.</summary>
    internal static string At(Endpoint directory, string path) => $"{directory.Metadata.GetValueOrDefault(SchemeKey, "http")}://{directory.Address}{path}";

    static bool IsAddress(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    static Endpoint Address(string text)
    {
        if (!IsAddress(text) || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
            throw new FormatException($"'{text}' is not the address of a directory: write http://HOST:PORT");
        try
        {
            return new Endpoint(uri.IdnHost, uri.Port)
            {
                Metadata = new Dictionary<string, string> { [SchemeKey] = uri.Scheme }.ToFrozenDictionary(),
                Authority = uri.IsDefaultPort ? uri.IdnHost : null,
            };
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"'{text}' is not the address of a directory: write http://HOST:PORT", error);
        }
    }
}
