namespace SmartClients.Transfer.Protocols.Connections;

/// <summary>The file in which people keep the names and passwords of machines: <c>machine</c>, <c>default</c>, <c>login</c>,
/// <c>password</c>, <c>account</c>, <c>macdef</c>.</summary>
internal static class Netrc
{
    const int MostBytes = 1 << 20;

    /// <summary>Who asks this host.</summary>
    /// <param name="file">The file; none is as good as an empty one.</param>
    /// <param name="host">The machine's name.</param>
    /// <param name="given">What the address says: with a password, it is that; with a name alone, the file may know its password.</param>
    /// <exception cref="FileException">The file cannot be read.</exception>
    public static Login? Find(string? file, string host, Login? given)
    {
        if (file is null || given?.Password is not null) return given;
        try
        {
            var about = new FileInfo(file);
            if (!about.Exists) return given;
            if (about.Length > MostBytes) throw new FileException(FileProblem.Denied, $"{file} is too long to be a file of passwords");
            return In(File.ReadAllText(file), host, given);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileException(FileProblem.Denied, $"{file} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>As <see cref="Find"/>, in the file's text.</summary>
    public static Login? In(string text, string host, Login? given)
    {
        string? user = null, password = null;
        var here = false;
        var words = new NetrcWords(text);
        while (words.Next() is { } word)
        {
            switch (word)
            {
                case "machine" or "default":
                    if (here && Fits(user)) return new Login(user ?? given!.User, password);
                    here = word == "default" || string.Equals(words.Next(), host, StringComparison.OrdinalIgnoreCase);
                    (user, password) = (null, null);
                    break;
                case "login":
                    user = words.Next();
                    break;
                case "password":
                    password = words.Next();
                    break;
                case "account":
                    words.Next();
                    break;
                case "macdef":
                    words.SkipMacro();
                    break;
            }
        }
        return here && Fits(user) ? new Login(user ?? given!.User, password) : given;

        bool Fits(string? found) => given is null ? found is not null : found is null ? password is not null : found == given.User;
    }
}
