using System.CommandLine;
using SmartClients.Cli.Shell;
using SmartClients.Discovery;
using SmartClients.Http.Directories;
using SmartClients.Naming;

namespace SmartClients.Cli.Directories;

/// <summary>Which directories a command asks: <c>--directory</c>, else the environment.</summary>
internal static class DirectoryParameter
{
    public static Option<string[]> Option() => new("--directory")
    {
        Description = $"The directories: http://HOST:PORT,http://HOST:PORT or list:…, srv:…. May be repeated. Default: ${DirectoryAddresses.Variable}.",
        HelpName = "address",
    };

    /// <summary>The directories to ask.</summary>
    /// <exception cref="UsageException">None is known.</exception>
    /// <exception cref="FormatException">They cannot be read.</exception>
    public static DirectoryClient Open(string[]? given, TimeProvider time)
    {
        var text = given is { Length: > 0 } ? string.Join(',', given) : DirectoryAddresses.FromEnvironment();
        if (string.IsNullOrWhiteSpace(text))
            throw new UsageException($"No directory is known: give --directory http://HOST:PORT, or set {DirectoryAddresses.Variable}.");
        return new DirectoryClient(text, new DirectoryClientOptions { Time = time }, Names.Core.WithDns());
    }
}
