using System.Net;
using System.Net.Sockets;
using SmartClients.Discovery.Asking;
using SmartClients.Naming;

namespace SmartClients.Discovery.Tests.Asking;

/// <summary>What the system's own resolver is asked.</summary>
public sealed class AddressBookTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static AddressBook Book(AskDns ask, Func<string, CancellationToken, Task<IPAddress[]>> system) => new(ask, system, DnsFamilies.IPv4, _ => true);

    static Task<Addresses> FindAsync(AddressBook book) => book.FindAsync("a", AddressRules.Default, TimeProvider.System, Cancel);

    [Fact]
    public async Task Where_DNS_knows_nothing_the_system_does_and_its_answer_does_not_hold_for_long()
    {
        var found = await FindAsync(Book((_, _, _, _) => Task.FromResult(DnsAnswer.Nothing), (_, _) => Task.FromResult(new[] { IPAddress.Parse("10.0.0.1"), IPAddress.IPv6Loopback })));
        Assert.Equal("10.0.0.1", Assert.Single(found.All).ToString());
        Assert.Equal(10, found.Pause.TotalSeconds);
    }

    [Fact]
    public async Task Where_DNS_fails_and_the_system_knows_nothing_the_failure_is_told()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => FindAsync(Book(
            (_, _, _, _) => Task.FromException<DnsAnswer>(new IOException("no server")), (_, _) => throw new SocketException((int)SocketError.HostNotFound))));
        Assert.Equal("no server", error.Message);
    }

    [Fact]
    public async Task Where_nobody_knows_anything_the_answer_is_empty() =>
        Assert.Empty((await FindAsync(Book((_, _, _, _) => Task.FromResult(DnsAnswer.Nothing), (_, _) => throw new SocketException((int)SocketError.HostNotFound)))).All);
}
