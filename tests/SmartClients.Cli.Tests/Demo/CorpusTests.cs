using System.Security.Cryptography;
using System.Text;
using SmartClients.Cli.Demo;
using SmartClients.Cli.Shell;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Demo;

public class CorpusTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_file_but_what_tools_made_and_what_is_too_large()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["a.txt", "b/c d%.txt", ".git/x", "artifacts/x", "b/bin/x", "b/obj/x", "b/binary/x"]) folder.Write(name, name);
        folder.Write("large", new string('x', Corpus.LargestFile + 1));

        var corpus = Corpus.Read(folder.Path, Cancel);

        Assert.Equal(["a.txt", "b/binary/x", "b/c%20d%25.txt"], corpus.Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes("a.txt")), corpus.Files.Single(f => f.Path == "a.txt").Sha256);
    }

    [Fact]
    public void Nothing_to_serve_is_wrong_use()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<UsageException>(() => Corpus.Read(folder.Path, Cancel));
        Assert.Throws<UsageException>(() => Corpus.Read(folder.Path + "/none", Cancel));
    }
}
