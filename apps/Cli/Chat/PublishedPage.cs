using System.CommandLine;

namespace SmartClients.Cli.Chat;

/// <summary>The web page of a room, as it was published from this repository.</summary>
internal static class PublishedPage
{
    const string Published = "artifacts/publish/SmartClients.Chat.Web/release/wwwroot";

    /// <summary>Where it is; <see langword="null"/> where this program runs outside of the repository, or the page was not published.</summary>
    public static string? Folder { get; } = Find();

    public static Option<string?> Option() => new("--page")
    {
        Description = "The folder of the web page. Default: this repository's, once './run --chat' has built it.",
        HelpName = "folder",
    };

    static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "SmartClients.slnx")) && Path.Combine(at.FullName, Published) is var folder && File.Exists(Path.Combine(folder, "index.html"))) return folder;
        return null;
    }
}
