using System.Diagnostics;
using SmartClients.Terminals.Running;
using SmartClients.Terminals.Shells;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Terminals.Tests.Running;

/// <summary>Inputs that would run something, in lines that are accepted or not: nothing of theirs may run, in any shell that is here.</summary>
public class HostileInputTests
{
    static readonly string[] Lines =
    [
        "echo {}", "echo", "echo {}.old", "echo \"{}\"", "echo '{}'", "echo \\{}", "cat < {}", "cat <<< {}", "cat <<E\n{}\nE", "case {} in a) ;; esac; echo {}", "for x in {}; do echo \"$x\"; done",
        "cd /tmp;# don't stop\necho 'got {}'", "cd /tmp;# don't stop\necho 'got'", "echo # don't {}", "echo 1 # one", "echo $(# it's\necho '{}')", "echo $(# it's\necho {})",
        "echo `echo {}`", "echo `date` {}", "echo \"$(echo \"{}\")\"", "echo \"$(echo {})\"", "echo $(cat {})", "echo 'it\\'s {}'", "echo 'it\\'s' {}", "echo $'it\\'s {}'", "echo $'it\\'s' {}",
        "echo $[{}]", "echo $(({}))", "echo $(( 1 + {} ))", "((x = {}))", "a[{}]=1", "echo ${a[{}]}", "a=xyz; echo ${a:{}:1}", "echo ${X:-{}}", "echo \"${X:-{}}\"", "let x={}", "[[ {} -eq 1 ]]", "[[ x{} == x ]]",
        "eval echo {}", "eval", "sh -c {}", "sh -c", "sh -c 'echo {}'", "sh -c 'echo \"$1\"' - {}", "sh -c 'echo \"$SMART_INPUT\"'", "echo \"got $SMART_INPUT\"", "echo 1;", "echo 1 |", "echo 1 &&", "true\n", "X=1", "> /dev/null",
        "echo¦{}", "echo¦a{}b{}", "echo¦'{}'", "sh¦-c¦echo {}", "sh¦-c¦echo '{}'", "sh¦-c", "sh¦-c¦echo \"$1\"¦-¦{}", "sh¦-c¦echo \"$SMART_INPUT\"", "env¦bash¦-ec¦{}",
    ];

    static string[] Inputs(string mark) =>
    [
        $"touch {mark}", $"; touch {mark} #", $"x; touch {mark}; ", $"'; touch {mark}; '", $"\"; touch {mark}; \"", $"\\'; touch {mark} #", $"\ntouch {mark}\n", $"$(touch {mark})", $"`touch {mark}`", $"'$(touch {mark})'",
        $"\"$(touch {mark})\"", $"a[$(touch {mark})0]", $"$(touch {mark})0", $"&& touch {mark}", $"| touch {mark}", $"E\ntouch {mark}\n", $") touch {mark};; esac #", $"}}; touch {mark} #", $"]; touch {mark} #", $"!touch {mark}", mark + ".sh",
    ];

    /// <summary>Those that are here.</summary>
    public static TheoryData<string> Shells =>
    [
        .. ((string[])["sh", "bash", "dash", "zsh", "mksh", "fish", "tcsh"])
            .Where(shell => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, shell)))),
    ];

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Nothing_runs(string shell)
    {
        using var folder = new TemporaryFolder();
        var mark = Path.Combine(folder.Path, "ran");
        // As a command it would run without any quotes.
        File.SetUnixFileMode(folder.Write("ran.sh", $"#!/bin/sh\ntouch {mark}\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var words in Lines)
        {
            if (Accepted(words.Split('¦')) is not { } line) continue;
            // One shell for all of them: what counts is what the line does to each.
            var all = string.Join('\n', Inputs(mark).Select(input => $"SMART_INPUT={ShellScripts.Quoted(input)}; export SMART_INPUT; {shell} -c {ShellScripts.Quoted(line)}"));
            var start = new ProcessStartInfo("sh", ["-c", all]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path };
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

            Assert.False(File.Exists(mark), $"Something ran by {line}: {string.Concat(said)}");
        }
    }

    static string? Accepted(string[] words)
    {
        try
        {
            return CommandLine.ForEach(words);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
