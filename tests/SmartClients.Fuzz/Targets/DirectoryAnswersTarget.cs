using SmartClients.Http.Directories;
using SmartClients.Outcomes;

namespace SmartClients.Fuzz.Targets;

/// <summary>What directories answer to searches and publications.</summary>
internal sealed class DirectoryAnswersTarget : FuzzTarget
{
    public override string Name => "directory-answers";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8("""{"results":[{"name":"quotes","title":"Quotes","description":"Wise","serial":7,"expires":"2027-01-01T00:00:00Z","key":"k"}],"detail":"the serial is below 7","outcome":"stored"}"""),
    ];

    public override IReadOnlyList<string> Words { get; } = ["\"results\":[", "\"detail\":\"x\"", "\"outcome\":", "\"serial\":", "\"expires\":", "\"\\ud800\"", "2026-11-23T08:00:00Z"];

    public override string Feed(byte[] input)
    {
        Must(DirectoryAnswers.Said(input, 409).Length is > 0 and < 5000, "a directory's word is short");
        return $"read {DirectoryAnswers.Results(input).Length}";
    }

    public override bool Documents(Exception error) => error is RequestException;
}
