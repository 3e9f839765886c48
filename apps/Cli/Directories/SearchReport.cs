using SmartClients.Http.Directories;

namespace SmartClients.Cli.Directories;

/// <summary>What <c>smart search --json</c> prints.</summary>
internal sealed record SearchReport(IReadOnlyList<SearchResult> Results);

/// <summary>One service found.</summary>
internal sealed record SearchResult(string Name, string Title, long Serial, string Description, DateTimeOffset Expires, string Key)
{
    public static SearchResult Of(DirectoryListing listing) =>
        new(listing.Name, listing.Title, listing.Serial, listing.Description, listing.Expires, listing.Key);
}
