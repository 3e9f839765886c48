using System.Collections.Frozen;

namespace SmartClients.Naming;

/// <summary>THE TABLE of name forms: the part before the first colon, and the source that it leads to. One line each.</summary>
public static class Names
{
    static readonly FrozenDictionary<string, Func<string, int?, NameSource>> Forms = new Dictionary<string, Func<string, int?, NameSource>>
    {
        ["list"] = StaticNames.Parse,
        ["file"] = static (path, _) => new FileNames(path),
    }.ToFrozenDictionary();

    /// <summary>The forms that can be opened, for messages: <c>list:</c>, <c>file:</c>.</summary>
    public static IEnumerable<string> Known => Forms.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether a text begins with a known form.</summary>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':');
        return colon > 0 && Forms.ContainsKey(text[..colon]);
    }

    /// <summary>The source that a name such as <c>list:a:80,b:80</c> or <c>file:members.json</c> leads to.</summary>
    /// <param name="name">The name.</param>
    /// <param name="defaultPort">For addresses in a list that name none.</param>
    /// <exception cref="FormatException">No such form, or it cannot be read; the message says which and what to write.</exception>
    public static NameSource Open(string name, int? defaultPort = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var colon = name.IndexOf(':');
        if (colon <= 0 || !Forms.TryGetValue(name[..colon], out var open))
            throw new FormatException($"'{name}' is not a name that can be resolved here. Known forms: {string.Join(", ", Known.Select(f => f + ":…"))}.");
        if (colon == name.Length - 1) throw new FormatException($"'{name}' says nothing after the colon.");
        return open(name[(colon + 1)..], defaultPort);
    }
}
