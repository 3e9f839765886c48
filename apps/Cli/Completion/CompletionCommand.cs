using System.CommandLine;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Completion;

/// <summary><c>smart completion</c>: a script that lets the shell ask this program what could come next.</summary>
internal sealed class CompletionCommand : SmartCommand
{
    const string Bash = """
        # In ~/.bashrc:  source <(smart completion bash)
        _smart_complete() {
            local line="smart ${COMP_LINE#* }" offset=$(( COMP_POINT - ${#COMP_WORDS[0]} + 5 )) IFS=$'\n'
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$offset]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _smart_complete smart ./smart
        """;

    const string Zsh = """
        #compdef smart
        # In ~/.zshrc, after compinit:  source <(smart completion zsh)
        _smart() {
            local -a found
            local line="smart ${words[2,-1]}"
            found=("${(@f)$(${words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -a found || _files
        }
        compdef _smart smart ./smart
        """;

    const string Fish = """
        # In ~/.config/fish/config.fish:  smart completion fish | source
        function __smart_complete
            set -l words (commandline -opc) (commandline -ct)
            set -l line "smart $words[2..-1]"
            $words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c smart -a '(__smart_complete)'
        """;

    public CompletionCommand() : base("completion", "Prints a script for the shell that completes smart's commands and options.")
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Add(shell);
        SetAction(parsed =>
        {
            Console.Out.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return ExitCode.Done;
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "source <(smart completion bash)",
        "smart completion fish | source",
    ];
}
