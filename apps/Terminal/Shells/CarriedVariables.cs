using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace SmartClients.Terminals.Shells;

/// <summary>Which variables of a lost machine are set on the next one.</summary>
/// <param name="chosen">Names that the user wants carried, whatever they are.</param>
internal sealed partial class CarriedVariables(IEnumerable<string> chosen)
{
    /// <summary>The longest value that is carried, in bytes.</summary>
    public const int MostValue = 8 << 10;

    /// <summary>All of them together, in bytes.</summary>
    public const int MostInAll = 32 << 10;

    /// <summary>Of the machine, the connection, the shell or the window: each machine has its own.</summary>
    static readonly FrozenSet<string> OfTheMachine = FrozenSet.Create(
        "_", "BASH_ENV", "BASHOPTS", "COLUMNS", "DISPLAY", "ENV", "GPG_AGENT_INFO", "GPG_TTY", "HISTFILE", "HOME", "HOST", "HOSTNAME", "IFS", "KRB5CCNAME",
        "LD_AUDIT", "LD_PRELOAD", "LINES", "LOGNAME", "MAIL", "OLDPWD", "POSIXLY_CORRECT", "PROMPT_COMMAND", "PS1", "PS2", "PS4", "PWD", "SHELL",
        "SHELLOPTS", "SHLVL", "STY", "TERM", "TERMCAP", "TMPDIR", "TTY", "UID", "USER", "WAYLAND_DISPLAY", "WINDOWID", "XAUTHORITY", "ZDOTDIR");

    static readonly string[] Families = ["SSH_", "XDG_", "DBUS_", "TMUX", "BASH_FUNC_", "SUDO_", "SMART_", "SYSTEMD_", "INVOCATION_ID", "JOURNAL_STREAM"];

    readonly FrozenSet<string> chosen = chosen.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a shell takes this for a variable's name.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>Whether it is carried.</summary>
    public bool Carries(string name, string value) =>
        IsName(name) && value.Length <= MostValue
        && (chosen.Contains(name) || !OfTheMachine.Contains(name) && !Families.Any(family => name.StartsWith(family, StringComparison.Ordinal)) && !Credential().IsMatch(name));

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,127}$")]
    private static partial Regex Name();

    [GeneratedRegex("PASS|PWD|SECRET|TOKEN|KEY|CREDENTIAL|AUTH|COOKIE|SESSION|PRIVATE|SIGNATURE|CERT|ACCOUNT|DSN|CONNECTION_?STRING|DATABASE_URL", RegexOptions.IgnoreCase)]
    private static partial Regex Credential();
}
