using System.Text.Json;
using CsCheck;
using SmartClients.Testing;
using SmartClients.Transfer.Pieces;
using SmartClients.Transfer.Resuming;
using Xunit;

namespace SmartClients.Transfer.Tests.Resuming;

public class ControlFileTests
{
    static readonly Gen<ControlDocument> Documents =
        from size in Gen.Long[0, 1L << 40]
        from length in Gen.Long[Math.Max(1, size / 1000), 1L << 40]
        from mirrors in Gen.Select(Gen.String, Gen.String.Null()).List[0, 5]
        from hash in Gen.String.Null()
        from path in Gen.String
        let count = new Layout(size, length).Count
        from pieces in Gen.Byte.Array[2 * count]
        from sums in Gen.Byte.Array[4 * count]
        select new ControlDocument(ControlFile.Version, path, size, length, hash, [.. mirrors.Select(m => new ControlMirror(m.Item1, m.Item2))], pieces, sums);

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var folder = new TemporaryFolder();
        var file = new ControlFile(Path.Combine(folder.Path, "x.json"), text => Assert.Fail(text));

        Documents.Sample(document =>
        {
            file.Write(document);
            var read = file.Read()!;
            Assert.Equal((document.Size, document.PieceLength), (read.Size, read.PieceLength));
            Assert.Equal(document.Pieces, read.Pieces);
            Assert.Equal(document.Sums, read.Sums);
            Assert.Equal(document.Mirrors.Count, read.Mirrors.Count);
        }, iter: 200, threads: 1);

        Assert.Equal(["x.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void However_it_is_damaged_it_is_read_or_refused() =>
        Gen.Select(Documents, Gen.Int, Gen.Byte).Sample((document, at, value) =>
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(document, ControlJson.Default.ControlDocument);
            bytes[(int)((uint)at % bytes.Length)] = value;
            try
            {
                var read = ControlFile.Parse(bytes);
                Assert.Equal(2 * new Layout(read.Size, read.PieceLength).Count, read.Pieces.Length);
            }
            catch (FormatException)
            {
                // Told, and set aside.
            }
        });
}
