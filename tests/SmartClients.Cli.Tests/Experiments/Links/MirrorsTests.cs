using SmartClients.Cli.Experiments.Links;
using SmartClients.Naming;
using SmartClients.Transfer.Protocols;
using Xunit;

namespace SmartClients.Cli.Tests.Experiments.Links;

public class MirrorsTests
{
    const double BitsPerSecond = 80e6;

    static readonly byte[] Content = Random(7, 1 << 20);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relay_gives_the_whole_file_and_carries_no_more_than_its_rate() => await RetrievedAsync(LinkKind.Relay);

    [Fact]
    public async Task A_namespace_gives_the_whole_file_and_carries_no_more_than_its_rate()
    {
        if (NamespaceWiring.Missing() is { } missing)
        {
            // Then it is refused, and says why.
            var error = await Assert.ThrowsAsync<IOException>(() => Mirrors.StartAsync(LinkKind.Namespaces, 1, BitsPerSecond, Content, TimeProvider.System, Cancel));
            Assert.Contains(missing, error.Message, StringComparison.Ordinal);
            return;
        }
        await RetrievedAsync(LinkKind.Namespaces);
    }

    [Fact]
    public async Task Two_groups_side_by_side_do_not_meet()
    {
        await using var one = await Mirrors.StartAsync(LinkKind.Relay, 2, BitsPerSecond, Content, TimeProvider.System, Cancel);
        await using var other = await Mirrors.StartAsync(LinkKind.Relay, 2, BitsPerSecond, Content.Reverse().ToArray(), TimeProvider.System, Cancel);

        Assert.Empty(one.Endpoints.Intersect(other.Endpoints));
        Assert.Equal(Content, await RetrieveAsync(one.Endpoints[1]));
        Assert.Equal(Content.Reverse(), await RetrieveAsync(other.Endpoints[1]));
    }

    static async Task RetrievedAsync(LinkKind kind)
    {
        Endpoint endpoint;
        await using (var mirrors = await Mirrors.StartAsync(kind, 1, BitsPerSecond, Content, TimeProvider.System, Cancel))
        {
            endpoint = mirrors.Endpoints[0];
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal(Content, await RetrieveAsync(endpoint));
            // However fast this machine is, a link is not faster. (The burst that it may have saved is in no case a tenth of the file.)
            Assert.True(TimeProvider.System.GetElapsedTime(began).TotalSeconds > 0.8 * Content.Length * 8 / BitsPerSecond);
        }
        await Assert.ThrowsAsync<FileException>(() => RetrieveAsync(endpoint));
    }

    static async Task<byte[]> RetrieveAsync(Endpoint endpoint)
    {
        await using var schemes = new Schemes(new ProtocolOptions { ConnectLimit = TimeSpan.FromSeconds(1) });
        await using var file = await schemes.Of("ftp").OpenAsync(new FileAddress("ftp", endpoint, "/" + ServerFolder.FileName), FilePart.Whole, Cancel);
        using var bytes = new MemoryStream();
        await file.Content.CopyToAsync(bytes, Cancel);
        return bytes.ToArray();
    }

    static byte[] Random(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
