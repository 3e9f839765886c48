using System.Text;
using SmartClients.Terminals.Marks;

namespace SmartClients.Terminals.Shells;

/// <summary>What is known of the user's shell, and outlives its machine: the directory, and the variables that were changed.</summary>
/// <param name="carried">Which variables.</param>
internal sealed class ShellState(CarriedVariables carried)
{
    const int MostPath = 4096;

    readonly Lock gate = new();
    Dictionary<string, string>? begun;
    Dictionary<string, string> set = [];
    HashSet<string> unset = [];
    string? directory;

    /// <summary>Where the shell is; <see langword="null"/> when it never said. Each character is a byte.</summary>
    public string? Directory
    {
        get { lock (gate) return directory; }
    }

    /// <summary>The directory, for people.</summary>
    public string? DirectoryText => Directory is { } path ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(path)) : null;

    /// <summary>Variables to set, and to unset, on the next machine. Each character is a byte.</summary>
    public (IReadOnlyDictionary<string, string> Set, IReadOnlyCollection<string> Unset) Variables
    {
        get { lock (gate) return (new Dictionary<string, string>(set), [.. unset]); }
    }

    /// <summary>Another shell begins: what it reports first is its own.</summary>
    public void Begin()
    {
        lock (gate) begun = null;
    }

    /// <summary>The shell has told something.</summary>
    public void Learn(Mark mark)
    {
        lock (gate)
            switch (mark.Kind)
            {
                case MarkKind.Directory when mark.Text is ['/', ..] and { Length: <= MostPath } && !mark.Text.Any(char.IsControl):
                    directory = mark.Text;
                    break;
                case MarkKind.Base:
                    begun = Read(mark.Text);
                    break;
                case MarkKind.Environment when begun is not null:
                    Compare(begun, Read(mark.Text));
                    break;
            }
    }

    void Compare(Dictionary<string, string> before, Dictionary<string, string> now)
    {
        // Carried here from another machine, it is the user's even where this machine happens to have the same.
        var changed = now.Where(v => carried.Carries(v.Key, v.Value) && (!before.TryGetValue(v.Key, out var old) || old != v.Value || set.ContainsKey(v.Key)));
        var gone = before.Keys.Where(name => !now.ContainsKey(name) && carried.Carries(name, ""));
        var room = CarriedVariables.MostInAll;
        set = changed.OrderBy(v => v.Key.Length + v.Value.Length).TakeWhile(v => (room -= v.Key.Length + v.Value.Length) >= 0).ToDictionary();
        unset = [.. gone.Concat(unset.Where(name => !now.ContainsKey(name))).Take(256)];
    }

    static Dictionary<string, string> Read(string variables)
    {
        Dictionary<string, string> all = [];
        // What follows the last NUL was cut off.
        foreach (var variable in variables.Split('\0')[..^1])
            if (variable.IndexOf('=', StringComparison.Ordinal) is > 0 and var at) all[variable[..at]] = variable[(at + 1)..];
        return all;
    }
}
