namespace SmartClients.Transfer.Metalinks;

/// <summary>One link of a <c>Link</c> header field (RFC 8288).</summary>
/// <param name="Url">Where it leads.</param>
/// <param name="Parameters">Names in lower case, of each the first value.</param>
internal sealed record Link(string Url, IReadOnlyDictionary<string, string> Parameters)
{
    const int MostParameters = 32;

    /// <summary>The links of a field; reading ends where it cannot be read.</summary>
    public static IEnumerable<Link> Read(string field)
    {
        var at = 0;
        while (at < field.Length)
        {
            at = Skip(field, at, ", \t");
            if (at >= field.Length || field[at] != '<') yield break;
            var close = field.IndexOf('>', at);
            if (close < 0) yield break;
            var url = field[(at + 1)..close].Trim();
            at = close + 1;
            var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
            while ((at = Skip(field, at, " \t")) < field.Length && field[at] == ';')
            {
                var (name, value) = Parameter(field, ref at);
                if (name.Length > 0 && parameters.Count < MostParameters) parameters.TryAdd(name, value);
            }
            if (url.Length > 0) yield return new Link(url, parameters);
        }
    }

    static (string Name, string Value) Parameter(string field, ref int at)
    {
        at = Skip(field, at + 1, " \t");
        var start = at;
        while (at < field.Length && field[at] is not ('=' or ';' or ',')) at++;
        var name = field[start..at].Trim().ToLowerInvariant();
        if (at >= field.Length || field[at] != '=') return (name, "");
        at = Skip(field, at + 1, " \t");
        if (at < field.Length && field[at] == '"') return (name, Quoted(field, ref at));
        start = at;
        while (at < field.Length && field[at] is not (';' or ',')) at++;
        return (name, field[start..at].Trim());
    }

    static string Quoted(string field, ref int at)
    {
        var value = new System.Text.StringBuilder();
        for (at++; at < field.Length && field[at] != '"'; at++)
        {
            if (field[at] == '\\' && at + 1 < field.Length) at++;
            value.Append(field[at]);
        }
        at = Math.Min(field.Length, at + 1);
        return value.ToString();
    }

    static int Skip(string field, int at, string what)
    {
        while (at < field.Length && what.Contains(field[at])) at++;
        return at;
    }
}
