using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Shell;

/// <summary>Whose fault an exception is: the input's, or the work's.</summary>
internal static class Problems
{
    public static int ExitCode(Exception error) => IsBadInput(error) ? Shell.ExitCode.WrongUse : Shell.ExitCode.WorkFailed;

    static bool IsBadInput(Exception error) => error switch
    {
        // One that can be read, and is not believed: somebody else's doing.
        CertificateException refused => refused.Fault == CertificateFault.Malformed,
        UsageException or FormatException => true,
        // A name that nobody knows, or that there is nobody to ask for; directories that do not answer are another matter.
        FileNotFoundException => true,
        // A group that cannot be read, as against one that does not answer.
        ServiceUnavailableException { Reason: UnavailableReason.NoMembers, InnerException: FormatException or FileNotFoundException } => true,
        HttpRequestException { InnerException: ServiceUnavailableException inner } => IsBadInput(inner),
        _ => false,
    };
}
