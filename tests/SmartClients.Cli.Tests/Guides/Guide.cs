using System.Text.RegularExpressions;

namespace SmartClients.Cli.Tests.Guides;

/// <summary>A page of documentation as its reader would follow it: the commands of its <c>sh</c> blocks, in order, each with the lines
/// that the <c>text</c> block after it promises, where an ellipsis stands for anything.</summary>
internal sealed partial record Guide(IReadOnlyList<Guide.Step> Steps)
{
    public sealed record Step(string Commands, IReadOnlyList<string> Promised);

    public static Guide Read(string markdown)
    {
        List<Step> steps = [];
        foreach (Match block in Blocks().Matches(markdown))
        {
            var (kind, text) = (block.Groups[1].Value, block.Groups[2].Value);
            if (kind == "sh") steps.Add(new Step(text, []));
            else if (kind == "text") steps[^1] = steps[^1] with { Promised = text.Split('\n', StringSplitOptions.RemoveEmptyEntries) };
        }
        return new Guide(steps);
    }

    /// <summary>One script of all steps. It stops at the first command that fails, waits for the servers that a step starts, and ends
    /// what it started.</summary>
    public string Script(string programs)
    {
        var script = $$"""
            set -e
            trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
            export PATH="{{programs}}:$PATH" XDG_CACHE_HOME="$PWD/cache"
            up() { for try in $(seq 600); do (: < /dev/tcp/127.0.0.1/$1) 2>/dev/null && return; sleep 0.05; done; echo "nobody listens at $1"; cat *.log; exit 1; }

            """.ReplaceLineEndings("\n");
        foreach (var (index, step) in Steps.Index())
        {
            script += $"echo; echo '{Mark(index)}'\n{step.Commands}\n";
            if (!Background().IsMatch(step.Commands)) continue;
            // Servers of this step: where one listens, or the numbers that a loop goes through.
            foreach (Match port in Ports().Matches(step.Commands)) script += $"up {port.Groups[1].Value}{port.Groups[2].Value}\n";
            foreach (Match loop in Loops().Matches(step.Commands)) script += $"for port in {loop.Groups[1].Value}; do up $port; done\n";
        }
        return script;
    }

    /// <summary>What a step printed.</summary>
    public static string OutputOf(int step, string output)
    {
        var rest = output[(output.IndexOf(Mark(step), StringComparison.Ordinal) + Mark(step).Length)..];
        return rest.IndexOf(Mark(step + 1), StringComparison.Ordinal) is >= 0 and var end ? rest[..end] : rest;
    }

    /// <summary>The pattern of a promised line.</summary>
    public static string Pattern(string promised) => "(?m)^.*" + string.Join(".*", promised.Split('…').Select(Regex.Escape)) + ".*$";

    static string Mark(int step) => $"=== step {step} ===";

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"&$", RegexOptions.Multiline)]
    private static partial Regex Background();

    [GeneratedRegex(@"--listen [\w.]+:(\d+)()")]
    private static partial Regex Ports();

    [GeneratedRegex(@"for port in ([\d ]+);")]
    private static partial Regex Loops();
}
