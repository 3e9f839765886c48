namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>The path of an address as commands have it.</summary>
internal static class FtpPath
{
    /// <summary>Relative to where the login leads; absolute where the address says <c>//</c> or <c>/%2F</c>.</summary>
    public static string Of(FileAddress at) => Uri.UnescapeDataString(at.Path[1..]);
}
