using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace SmartClients.Fuzz;

/// <summary>What came of an input, without what is peculiar to it: a new one shows that a new way through the reader was taken.</summary>
internal static partial class Outcome
{
    const int MostFrames = 6;

    const int MostWords = 40;

    /// <summary>The exception's type, where it came from, and how its message begins, without numbers and what stands in quotes: that is of the input.</summary>
    public static string Of(Exception error)
    {
        var text = new StringBuilder(error.GetType().Name);
        var cause = error.GetBaseException();
        foreach (var frame in new StackTrace(cause, fNeedFileInfo: false).GetFrames().Take(MostFrames))
            text.Append(' ').Append(DiagnosticMethodInfo.Create(frame)?.Name).Append('+').Append(frame.GetILOffset());
        var words = Peculiar().Replace(error.Message.Length > 500 ? error.Message[..500] : error.Message, "#");
        return text.Append(' ').Append(words.Length > MostWords ? words[..MostWords] : words).ToString();
    }

    [GeneratedRegex("'.*'?|\".*\"?|[0-9][0-9,.]*", RegexOptions.Singleline)]
    private static partial Regex Peculiar();
}
