using System.Text;

namespace SmartClients.Terminals.Shells;

/// <summary>What runs on the machine: it starts the user's shell, teaches it to report, and brings back what another machine's had.</summary>
internal static class ShellScripts
{
    const int Line = 1000;

    /// <summary>Shells that are taught.</summary>
    public static IReadOnlyList<string> Taught { get; } = ["bash", "zsh", "sh", "dash", "ash", "ksh", "mksh"];

    /// <summary>The command for ssh, whatever shell it is handed to there: it waits for what is to be run, with the echo off, so that
    /// none of it is an argument that others on that machine could see.</summary>
    /// <param name="hello">A word by which its beginning is known.</param>
    public static string Bootstrap(string hello) => $"exec /bin/sh -c '{Receive(hello)}'";

    /// <summary>The same for typing at a prompt: it runs in the shell that is there.</summary>
    public static string Typed(string hello) => " " + Receive(hello);

    /// <summary>The lines that <see cref="Bootstrap"/> waits for. A terminal takes lines of some thousands of bytes at most.</summary>
    public static byte[] Sent(string hello, string script)
    {
        var text = Convert.ToBase64String(Encoding.Latin1.GetBytes(script));
        return Encoding.ASCII.GetBytes($"\n{hello}\n{string.Concat(text.Chunk(Line).Select(chunk => new string(chunk) + "\n"))}.{hello}\n");
    }

    /// <summary>Starts the user's shell as a login shell that reports, and reports its end.</summary>
    public static string Launch(string key, ShellState state)
    {
        var (cd, variables, end) = (Return(state), Restore(state), "SMART_" + key);
        return $$"""
            __smart_key={{key}}
            __smart_say() { printf '\033]7770;%s;%s\007' "$__smart_key" "$1"; }
            __smart_shell=${SHELL:-/bin/sh}
            [ -x "$__smart_shell" ] || __smart_shell=/bin/sh
            __smart_say "shell;${__smart_shell##*/}"
            case ${__smart_shell##*/} in
            bash)
            ENV=/dev/fd/9 "$__smart_shell" --posix -l 9<<'{{end}}'
            {{Functions(key, cd, variables)}}
            set +o posix
            unset ENV
            exec 9<&-
            [ "$HISTFILE" != ~/.sh_history ] || HISTFILE=~/.bash_history
            [ ! -r /etc/profile ] || . /etc/profile
            if [ -r ~/.bash_profile ]; then . ~/.bash_profile; elif [ -r ~/.bash_login ]; then . ~/.bash_login; elif [ -r ~/.profile ]; then . ~/.profile; fi
            {{AtPrompts}}
            {{end}}
            ;;
            zsh)
            __smart_folder=$(mktemp -d) || __smart_folder=
            if [ -n "$__smart_folder" ]; then
            cat >"$__smart_folder/.zshenv" <<'{{end}}'
            rm -f "$ZDOTDIR/.zshenv" && rmdir "$ZDOTDIR"
            if [ -n "$SMART_ZDOTDIR" ]; then ZDOTDIR=$SMART_ZDOTDIR; else unset ZDOTDIR; fi
            unset SMART_ZDOTDIR
            [ ! -r "${ZDOTDIR:-$HOME}/.zshenv" ] || . "${ZDOTDIR:-$HOME}/.zshenv"
            {{Functions(key, cd, variables)}}
            __smart_first() { precmd_functions=(${precmd_functions:#__smart_first} __smart_report); __smart_begin; __smart_report; }
            precmd_functions+=(__smart_first)
            {{end}}
            SMART_ZDOTDIR=${ZDOTDIR-} ZDOTDIR=$__smart_folder "$__smart_shell" -l
            else "$__smart_shell" -l; fi
            ;;
            sh|dash|ash|ksh|mksh)
            ENV=/dev/fd/9 "$__smart_shell" 9<<'{{end}}'
            {{Functions(key, cd, variables)}}
            unset ENV
            exec 9<&-
            [ ! -r /etc/profile ] || . /etc/profile
            [ ! -r ~/.profile ] || . ~/.profile
            [ -z "$ENV" ] || [ ! -r "$ENV" ] || . "$ENV"
            {{AtPrompts}}
            {{end}}
            ;;
            *)
            {{cd}}
            {{variables}}
            "$__smart_shell" -l
            ;;
            esac
            __smart_code=$?
            __smart_say "end;$__smart_code"
            exit $__smart_code

            """;
    }

    /// <summary>Teaches the shell that is there, and has it report its end. It stays a moment longer than it need: a telnetd closes as soon
    /// as its shell has gone, whatever that said last.</summary>
    public static string Install(string key, ShellState state) => $$"""
        {{Functions(key, Return(state), Restore(state))}}
        trap '__smart_mark "end;$?"; sleep 0.2 2>/dev/null || sleep 1' EXIT
        if [ -n "$ZSH_VERSION" ]; then eval 'precmd_functions+=(__smart_report)'; __smart_begin
        else {{AtPrompts}}
        fi
        if [ -n "$BASH_VERSION" ]; then __smart_mark "shell;bash"; elif [ -n "$ZSH_VERSION" ]; then __smart_mark "shell;zsh"; else __smart_mark "shell;sh"; fi

        """;

    // In the family of sh the prompt is all there is to hook into; what runs for it is a copy of the shell, which remembers nothing.
    const string AtPrompts = """
        __smart_begin
        if [ -n "$BASH_VERSION" ]; then PROMPT_COMMAND="${PROMPT_COMMAND:+$PROMPT_COMMAND
        }if [ -n \"\$__smart_key\" ]; then __smart_report; fi"
        else PS1='$(__smart_report)'"$PS1"; fi
        """;

    // What was typed before stands in front of the first line, and is left out with it.
    static string Receive(string hello) =>
        $"stty -echo; printf \"\\033]7770;{hello};ready\\007\"; __smart_p=; while IFS= read -r __smart_l; do case \"$__smart_l\" in {hello}) __smart_p= ;; "
        + $".{hello}) break ;; *) __smart_p=$__smart_p$__smart_l ;; esac; done; stty echo; "
        + "__smart_p=$(printf %s \"$__smart_p\" | { base64 -d 2>/dev/null || openssl base64 -d -A; }); eval \"${__smart_p:-exec $SHELL -l}\"";

    static string Functions(string key, string cd, string variables) => $$"""
        __smart_key={{key}} __smart_dir= __smart_env=
        __smart_mark() { printf '\033]7770;%s;%s\007' "$__smart_key" "$1" >/dev/tty; }
        __smart_send() { __smart_mark "$1;$(env -0 | head -c 262144 | base64 | tr -d '\n')"; }
        __smart_report() {
        if [ "$PWD" != "$__smart_dir" ]; then __smart_dir=$PWD; __smart_mark "dir;$(printf %s "$PWD" | base64 | tr -d '\n')"; fi
        __smart_new=$(export -p)
        if [ "$__smart_new" != "$__smart_env" ]; then __smart_env=$__smart_new; __smart_send env; fi
        }
        __smart_begin() {
        __smart_send base
        {{cd}}
        {{variables}}
        }
        """;

    static string Return(ShellState state) =>
        state.Directory is { } path ? $"cd -- {Quoted(path)} 2>/dev/null || printf '\\033]7770;%s;nodir\\007' \"$__smart_key\" >/dev/tty" : ":";

    static string Restore(ShellState state)
    {
        var (set, unset) = state.Variables;
        var lines = unset.Where(CarriedVariables.IsName).Order(StringComparer.Ordinal).Select(name => "unset " + name)
            .Concat(set.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"export {v.Key}={Quoted(v.Value)}"));
        return string.Join('\n', lines.DefaultIfEmpty(":"));
    }

    /// <summary>A word that every shell takes as it is: to fish a backslash means something between single quotes, too.</summary>
    public static string Quoted(string text) => "'" + string.Concat(text.Select(c => c is '\'' or '\\' ? $"'\\{c}'" : c.ToString())) + "'";
}
