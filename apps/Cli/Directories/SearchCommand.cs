using System.CommandLine;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Directories;

/// <summary><c>smart search</c>: asks the directories for services by name, title or words.</summary>
internal sealed class SearchCommand : SmartCommand
{
    const int TitleWidth = 60;

    public SearchCommand(TimeProvider time) : base("search", "Finds services in the directories: by name, by title, by words.")
    {
        var words = new Argument<string[]>("words") { Description = "A name, a title, or words of it.", Arity = ArgumentArity.OneOrMore };
        var directories = DirectoryParameter.Option();
        var limit = Parameters.Count("--limit", "The most results.", 20, 1, 100);
        var json = Parameters.Json();
        Add(words);
        foreach (var option in (Option[])[directories, limit, json]) Add(option);
        SetAction((parsed, cancel) => RunAsync(
            string.Join(' ', parsed.GetValue(words)!), parsed.GetValue(directories), parsed.GetValue(limit)!.Value, parsed.GetValue(json), time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart search now chat --directory http://127.0.0.1:8600,http://127.0.0.1:8601",
        "smart search quotes --json | jq -r '.results[].name'        # SMART_DIRECTORIES names the directories",
    ];

    static async Task<int> RunAsync(string words, string[]? directories, int limit, bool json, TimeProvider time, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(words)) throw new UsageException("There is nothing to search for: give a name, a title, or words.");
        await using var client = DirectoryParameter.Open(directories, time);
        var found = await client.SearchAsync(words, limit, cancel);
        if (json)
        {
            Documents.Print(new SearchReport([.. found.Select(SearchResult.Of)]), Documents.Default.SearchReport);
            return ExitCode.Done;
        }
        if (found.IsEmpty)
        {
            Messages.Note($"No service was found for '{Messages.OneLine(words)}'.");
            return ExitCode.Done;
        }
        var sheet = new Sheet("name", "title", "serial") { Words = ["title"] };
        foreach (var listing in found) sheet.Add(Messages.OneLine(listing.Name), Shortened(listing.Title), Output.Words.Whole(listing.Serial));
        sheet.Write();
        return ExitCode.Done;
    }

    static string Shortened(string title)
    {
        var line = Messages.OneLine(title);
        return line.Length <= TitleWidth ? line : line[..(TitleWidth - 1)] + "…";
    }
}
