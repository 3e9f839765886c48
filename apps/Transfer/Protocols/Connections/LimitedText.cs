using System.Text;

namespace SmartClients.Transfer.Protocols.Connections;

/// <summary>Reads what should be a listing, and not endlessly.</summary>
internal static class LimitedText
{
    /// <summary>More than this many bytes are no listing.</summary>
    public const int MostBytes = 16 << 20;

    /// <exception cref="FileException">It is too long.</exception>
    public static async ValueTask<string> ReadAsync(Stream from, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        var buffer = new byte[32 << 10];
        int read;
        while ((read = await from.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
        {
            if (all.Length + read > MostBytes) throw new FileException(FileProblem.Malformed, $"the listing is longer than {MostBytes >> 20} MiB");
            all.Write(buffer, 0, read);
        }
        return Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length);
    }
}
