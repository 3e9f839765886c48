namespace SmartClients.Transfer.Resuming;

/// <summary>
/// What the unfinished file is called: <c>X.part</c>, else <c>X.part2</c> and so on, the first name that is nobody else's. A part of ours
/// is known by the control file beside it, which is written before the first byte; so the next call finds the same name. No two files
/// have a name in common.
/// </summary>
internal static class PartName
{
    const int MostTries = 1000;

    /// <summary>Chooses it.</summary>
    /// <param name="path">Where the file goes.</param>
    /// <param name="isTaken">Whether a name belongs to something that is yet to come there.</param>
    /// <exception cref="IOException">Every name is taken.</exception>
    public static string Beside(string path, Func<string, bool> isTaken)
    {
        for (var number = 1; number <= MostTries; number++)
        {
            var part = number == 1 ? path + ".part" : FormattableString.Invariant($"{path}.part{number}");
            var all = ControlFile.NamesBeside(part).Prepend(part).ToList();
            if (!all.Exists(name => isTaken(name) || IsOfAnotherKind(name)) && IsOurs(part, ControlFile.Beside(part))) return part;
        }
        throw new IOException($"'{path}.part' and {MostTries - 1} names like it are taken: remove what is not needed.");
    }

    static bool IsOfAnotherKind(string name) => new FileInfo(name).LinkTarget is not null || Directory.Exists(name) || Targets.FileKind.IsSpecial(name);

    // A control file that is damaged is still ours, where there is a part beside it.
    static bool IsOurs(string part, string control) => File.Exists(control) ? File.Exists(part) || ControlFile.IsOne(control) : !File.Exists(part);
}
