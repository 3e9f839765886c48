using SmartClients.Http.Directories;

namespace SmartClients.Cli.Directories;

/// <summary>What <c>smart publish --json</c> prints.</summary>
internal sealed record PublishReport(string Name, long Serial, string Key, int Stored, IReadOnlyList<PublishAnswer> Directories);

/// <summary>What one directory said.</summary>
internal sealed record PublishAnswer(string Address, bool Stored, int? Status, string Said)
{
    public static PublishAnswer Of(DirectoryReceipt receipt) => new(receipt.Directory, receipt.Stored, receipt.Status, receipt.Said);
}
