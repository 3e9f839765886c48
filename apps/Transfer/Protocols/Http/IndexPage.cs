using System.Net;
using System.Text.RegularExpressions;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Http;

/// <summary>A page on which a web server lists a folder: the links to what is directly in it, of which nothing but the name is known.</summary>
internal static partial class IndexPage
{
    /// <summary>The links of a page that lead one step down from its address.</summary>
    public static IReadOnlyList<FolderEntry> Entries(string html, Uri page)
    {
        var folder = page.AbsolutePath[..(page.AbsolutePath.LastIndexOf('/') + 1)];
        var found = new Dictionary<string, FolderEntry>();
        foreach (Match link in Link().Matches(html))
        {
            if (!Uri.TryCreate(page, WebUtility.HtmlDecode(link.Groups["to"].Value), out var to) || to.Authority != page.Authority || to.Scheme != page.Scheme) continue;
            if (to.Query.Length > 0 || !to.AbsolutePath.StartsWith(folder, StringComparison.Ordinal)) continue;
            var rest = to.AbsolutePath[folder.Length..];
            var name = Uri.UnescapeDataString(rest.TrimEnd('/'));
            if (EntryName.IsSafe(name) && !rest.TrimEnd('/').Contains('/')) found.TryAdd(name, new FolderEntry(name, rest.EndsWith('/')));
        }
        return [.. found.Values];
    }

    [GeneratedRegex("""<a\s[^>]*?href\s*=\s*(?:"(?<to>[^"]*)"|'(?<to>[^']*)')""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
