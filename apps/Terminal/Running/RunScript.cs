using System.Text;

namespace SmartClients.Terminals.Running;

/// <summary>What runs on the machine beside a command: it waits to be told the command, watches that somebody still reads, and reports
/// the end.</summary>
internal static class RunScript
{
    const string Input = CommandLine.Variable;

    /// <summary>No input.</summary>
    const string None = "-";

    /// <summary>Nothing of it may be exported to the command, though the user there should have exported a variable of that name.</summary>
    const string Begin = "unset smart_key smart_line smart_input smart_whose smart_stat smart_watcher smart_exit; ";

    /// <summary>The command, and the input that it is run for, where there is one. The dot keeps the line feeds at the end of either: it is
    /// part of no letter in any encoding.</summary>
    const string Receive = "read -r smart_key && read -r smart_line && read -r smart_input || exit 255; "
        + "smart_text() { printf %s \"$1\" | { base64 -d 2>/dev/null || openssl base64 -d -A; } && printf .; }; "
        + "smart_line=$(smart_text \"$smart_line\") || exit 127; smart_line=${smart_line%.}; "
        + $"case $smart_input in {None}) ;; *) {Input}=$(smart_text \"$smart_input\") || exit 127; {Input}=${{{Input}%.}}; export {Input};; esac; unset smart_input; ";

    /// <summary>Whose session it is. That of OpenSSH's is for this command alone; a server that begins none for a command runs it in its own,
    /// by whose parent it is known, and is to be left alone.</summary>
    const string Whose = "smart_stat=$(cat /proc/$$/stat 2>/dev/null); set -- ${smart_stat##*) }; smart_stat=$(cat /proc/$4/stat 2>/dev/null); "
        + "set -- ${smart_stat##*) }; if [ \"${2:-2}\" -gt 1 ]; then smart_whose=0; else smart_whose=-$$; fi; ";

    /// <summary>
    /// No sshd tells a command without a terminal that its connection has ended, and a closed standard input means nothing. So somebody
    /// there says each second that he is there, in a mark that says nothing more; when he cannot, nobody reads any longer, and he ends
    /// the whole session, whatever groups there are in it: himself last. Without pkill it is the group of the script.
    /// </summary>
    const string Watch = "smart_end() { [ $smart_whose = 0 ] && pkill -$1 -s 0 || kill -s $1 -- $smart_whose; }; "
        + "{ trap \"\" PIPE; while sleep 1 </dev/null >/dev/null 2>&1; printf \"\\033]7770;%s;on\\007\" \"$smart_key\" >&2; do :; done; "
        + "trap \"\" TERM; smart_end TERM; sleep 3; smart_end KILL; } </dev/null >/dev/null & smart_watcher=$!; ";

    const string Run = "\"${SHELL:-/bin/sh}\" -c \"$smart_line\"; smart_exit=$?; "
        + "printf \"\\033]7770;%s;end;%s\\007\" \"$smart_key\" $smart_exit >&2; exec 2>/dev/null; kill $smart_watcher; exit $smart_exit";

    /// <summary>The command for ssh: one line without single quotes, so that every shell hands it on as it is.</summary>
    /// <param name="hello">A word by which its beginning is known.</param>
    public static string Of(string hello) => $"exec /bin/sh -c '{Begin}printf \"\\033]7770;{hello};ready\\007\" >&2; {Receive}{Whose}{Watch}{Run}'";

    /// <summary>The lines that it waits for.</summary>
    public static byte[] Sent(string key, string command, string? input) => Encoding.ASCII.GetBytes($"{key}\n{Coded(command)}\n{(input is null ? None : Coded(input))}\n");

    static string Coded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
