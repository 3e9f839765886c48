using System.Security.Cryptography;
using SmartClients.Naming;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Cli.Getting;

/// <summary>Whether a file of a tree is there from an earlier call, whole and the same: by its hash where one is known, else by its size and
/// the time at which the servers say that it was modified, which the earlier call has given to it.</summary>
internal sealed class AlreadyThere(Director director, Schemes schemes)
{
    // Protocols and disks keep times to the second at worst, and FAT to two.
    static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    public async Task<bool> IsAsync(string place, FolderEntry listed, Sums known, Func<Endpoint, FileAddress> locate, CancellationToken cancel)
    {
        var file = new FileInfo(place);
        if (!file.Exists || file.LinkTarget is not null || (known.Size ?? listed.Size) is { } size && size != file.Length) return false;
        if (known.Whole is { } whole)
        {
            var hash = await HashAsync(place, whole.Name, cancel);
            return whole.Value.SequenceEqual(hash);
        }
        var (bytes, modified) = (listed.Size, listed.Modified);
        if ((bytes is null || modified is null) && await LookAsync(locate, cancel) is { } facts) (bytes, modified) = (facts.Size, facts.Modified);
        return bytes == file.Length && modified is { } time && (time.UtcDateTime - file.LastWriteTimeUtc).Duration() <= Margin;
    }

    async Task<FileFacts?> LookAsync(Func<Endpoint, FileAddress> locate, CancellationToken cancel)
    {
        try
        {
            return await director.SendAsync(
                async (endpoint, stop) => await locate(endpoint).FirstAsync(at => schemes.Of(at.Scheme).LookAsync(at, stop)), RequestOptions.Hedged, cancel);
        }
        catch (Exception error) when (error is ServiceUnavailableException or FileException)
        {
            // Whatever is wrong with it, fetching it will tell.
            return null;
        }
    }

    static async Task<byte[]> HashAsync(string place, HashAlgorithmName name, CancellationToken cancel)
    {
        await using var content = File.OpenRead(place);
        return await CryptographicOperations.HashDataAsync(name, content, cancel);
    }
}
