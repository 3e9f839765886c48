using System.Diagnostics;
using System.Text;

namespace SmartClients.Fuzz;

/// <summary>What came of an input, without what is peculiar to it: a new one shows that a new way through the reader was taken.</summary>
internal static class Outcome
{
    const int MostFrames = 6;

    /// <summary>The exception's type and where it came from, by the places in the code and not by the message: that holds the input.</summary>
    public static string Of(Exception error)
    {
        var text = new StringBuilder(error.GetType().Name);
        var cause = error.GetBaseException();
        foreach (var frame in new StackTrace(cause, fNeedFileInfo: false).GetFrames().Take(MostFrames))
            text.Append(' ').Append(DiagnosticMethodInfo.Create(frame)?.Name).Append('+').Append(frame.GetILOffset());
        return text.ToString();
    }
}
