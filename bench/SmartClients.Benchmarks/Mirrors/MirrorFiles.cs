using System.Security.Cryptography;
using System.Text;

namespace SmartClients.Benchmarks.Mirrors;

/// <summary>The file, a copy with wrong bytes in it, and descriptions with their hashes.</summary>
sealed class MirrorFiles : IDisposable
{
    const int PieceLength = 1 << 20;

    public MirrorFiles(int mebibytes)
    {
        Mebibytes = mebibytes;
        Folder = Directory.CreateTempSubdirectory("mirrors-").FullName;
        foreach (var below in new[] { "good", "bad", "empty", "home/.ssh", "out" }) Directory.CreateDirectory(Path.Combine(Folder, below));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        using var good = File.Create(Path.Combine(Folder, "good", "big.bin"));
        using var bad = File.Create(Path.Combine(Folder, "bad", "big.bin"));
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (random, piece, pieces) = (new Random(1), new byte[PieceLength], new StringBuilder());
        for (var i = 0; i < mebibytes; i++)
        {
            random.NextBytes(piece);
            good.Write(piece);
            whole.AppendData(piece);
            pieces.Append($"<hash>{Convert.ToHexStringLower(SHA256.HashData(piece))}</hash>");
            // A byte in each 8 MiB.
            if (i % 8 == 5) piece[PieceLength / 2] ^= 1;
            bad.Write(piece);
        }
        Sha256 = Convert.ToHexStringLower(whole.GetHashAndReset());
        PieceHashes = $"<pieces type=\"sha-256\" length=\"{PieceLength}\">{pieces}</pieces>";
    }

    public int Mebibytes { get; }

    public string Folder { get; }

    public string Sha256 { get; }

    string PieceHashes { get; }

    public string OutputFolder => Path.Combine(Folder, "out");

    public string Output => Path.Combine(OutputFolder, "big.bin");

    public string Home => Path.Combine(Folder, "home");

    public string Root(bool bad) => Path.Combine(Folder, bad ? "bad" : "good");

    /// <summary>A Metalink document for these mirrors.</summary>
    public string Describe(IEnumerable<Mirror> mirrors, bool pieces)
    {
        var file = Path.Combine(Folder, "big.meta4");
        var urls = string.Concat(mirrors.Select(mirror => $"<url>{mirror.Url}</url>"));
        File.WriteAllText(file, $"<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\"><file name=\"big.bin\"><size>{(long)Mebibytes << 20}</size>"
            + $"<hash type=\"sha-256\">{Sha256}</hash>{(pieces ? PieceHashes : "")}{urls}</file></metalink>");
        return file;
    }

    /// <summary>Whether the output is the file; it is gone afterwards.</summary>
    public bool TakeOutput()
    {
        var right = false;
        if (File.Exists(Output))
        {
            using (var output = File.OpenRead(Output)) right = Convert.ToHexStringLower(SHA256.HashData(output)) == Sha256;
        }
        foreach (var file in Directory.GetFiles(OutputFolder)) File.Delete(file);
        return right;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
