using System.Buffers.Binary;
using CsCheck;
using SmartClients.Discovery.Asking;
using SmartClients.Discovery.Tests.Support;
using SmartClients.Naming;
using static SmartClients.Discovery.Tests.Support.DnsBytes;

namespace SmartClients.Discovery.Tests.Asking;

/// <summary>Answers that no honest server gives.</summary>
public sealed class BadAnswersTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static DnsNames Names(FakeDns server) => new("a.test", 80, server.Options with { Families = DnsFamilies.IPv4 });

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("ffffffffffffffffffffffffffffffff")]
    public async Task Garbage_is_no_answer_and_says_so(string hex)
    {
        await using var server = new FakeDns(query => [[.. query[..2], .. Convert.FromHexString(hex)]]);
        Assert.Contains("DNS was asked for A a.test and gave no answer", (await Names(server).FailsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_another_question_is_not_taken()
    {
        await using var server = new FakeDns(query =>
        {
            var answer = Answer(query, [Address("a.test", "127.0.0.66")]);
            BinaryPrimitives.WriteUInt16BigEndian(answer, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(answer) + 1));
            return [answer];
        });
        await Names(server).FailsAsync();
    }

    [Fact]
    public async Task Silence_ends_after_the_limit()
    {
        await using var server = new FakeDns(_ => []);
        var names = new DnsNames("a.test", 80, server.Options with { Timeout = TimeSpan.FromMinutes(1), Limit = TimeSpan.FromMilliseconds(200) });
        Assert.Equal("dns a.test:80: no answer within 0.2 s.", (await names.FailsAsync()).Message);
    }

    [Theory]
    [InlineData(0u, 0)]
    [InlineData(7u, 7)]
    [InlineData(0x7fff_ffffu, int.MaxValue)]
    [InlineData(0x8000_0000u, 0)]
    [InlineData(0xffff_ffffu, 0)]
    public async Task A_time_to_live_beyond_31_bits_is_none(uint ttl, int seconds)
    {
        await using var server = FakeDns.Of(Address("a.test", "127.0.0.1", ttl));
        var book = new AddressBook(new DnsServers(server.Options).AskAsync, null, DnsFamilies.IPv4, _ => true);
        var found = await book.FindAsync("a.test", AddressRules.Default, TimeProvider.System, Cancel);
        Assert.Equal(seconds, found.Pause.TotalSeconds);
    }

    [Fact]
    public async Task The_shortest_time_to_live_on_the_way_counts()
    {
        await using var server = FakeDns.Of(AliasOf("a.test", "b.test", 5), Address("b.test", "127.0.0.1", 500), Address("b.test", "127.0.0.2", 50));
        var book = new AddressBook(new DnsServers(server.Options).AskAsync, null, DnsFamilies.IPv4, _ => true);
        var found = await book.FindAsync("a.test", AddressRules.Default, TimeProvider.System, Cancel);
        Assert.Equal(5, found.Pause.TotalSeconds);
        Assert.Equal(["127.0.0.1", "127.0.0.2"], found.All.Select(a => a.ToString()));
    }

    [Theory]
    [InlineData("a.test")]
    [InlineData("b.test")]
    public async Task Aliases_in_a_circle_come_to_an_end(string to)
    {
        await using var server = FakeDns.Of(AliasOf("a.test", to), AliasOf("b.test", "a.test"));
        Assert.Contains("in a circle", (await Names(server).FailsAsync()).Message, StringComparison.Ordinal);
        await using var whole = new FakeDns(query => [Answer(query, [AliasOf("a.test", to), AliasOf("b.test", "a.test")])]);
        Assert.Contains("in a circle", (await Names(whole).FailsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_row_of_aliases_comes_to_an_end()
    {
        await using var server = new FakeDns(query => [Answer(query, [AliasOf(Question(query).Name, "x." + Question(query).Name)])]);
        Assert.Contains("in a circle", (await Names(server).FailsAsync()).Message, StringComparison.Ordinal);
        Assert.InRange(server.Asked, 1, 20);
    }

    [Fact]
    public async Task Addresses_of_other_names_are_not_believed()
    {
        await using var server = new FakeDns(query => [Answer(query, [Address("b.test", "127.0.0.66"), Address("a.test", "127.0.0.1")])]);
        Assert.Equal("127.0.0.1:80", (await Names(server).FirstAsync()).Words());
    }

    [Fact]
    public async Task Where_one_family_fails_the_other_serves_and_the_failed_one_keeps_what_it_had()
    {
        var broken = false;
        await using var server = new FakeDns(query => Question(query).Type == A
            ? [Answer(query, [Address("a.test", "127.0.0.1")])]
            : [Volatile.Read(ref broken) ? Answer(query, [], code: 2) : Answer(query, [Address("a.test", "::1")])]);
        var book = new AddressBook(new DnsServers(server.Options).AskAsync, null, DnsFamilies.Both, _ => true);
        for (var i = 0; i < 2; i++)
        {
            var found = await book.FindAsync("a.test", AddressRules.Default, TimeProvider.System, Cancel);
            Assert.Equal(["127.0.0.1", "::1"], found.All.Select(a => a.ToString()));
            Volatile.Write(ref broken, true);
        }
        var other = new AddressBook(new DnsServers(server.Options).AskAsync, null, DnsFamilies.Both, _ => true);
        Assert.Equal("127.0.0.1", Assert.Single((await other.FindAsync("a.test", AddressRules.Default, TimeProvider.System, Cancel)).All).ToString());
    }

    [Fact]
    public async Task A_family_without_a_route_is_left_out_where_there_is_another()
    {
        await using var server = FakeDns.Of(Address("a.test", "127.0.0.1"), Address("a.test", "2001:db8::1"), Address("six.test", "2001:db8::1"));
        var book = new AddressBook(new DnsServers(server.Options).AskAsync, null, DnsFamilies.Both, address => address.GetAddressBytes().Length == 4);
        Assert.Equal("127.0.0.1", Assert.Single((await book.FindAsync("a.test", AddressRules.Default, TimeProvider.System, Cancel)).All).ToString());
        Assert.Equal("2001:db8::1", Assert.Single((await book.FindAsync("six.test", AddressRules.Default, TimeProvider.System, Cancel)).All).ToString());
    }

    /// <summary>Answers with some bytes wrong: members, or one clear error, never anything else.</summary>
    [Fact]
    public async Task Damaged_answers_give_members_or_an_error()
    {
        const string name = "_q._tcp.test";
        var random = new Random(20261123);
        await using var server = new FakeDns(query =>
        {
            var answer = Answer(query, [AliasOf(name, "x.test"), ServiceAt("x.test", 0, 1, 80, "a.test"), ServiceAt(name, 1, 0, 81, "b.test"), TextOf(name, "hello")],
                [Address("a.test", "127.0.0.1"), Address("b.test", "::1"), AliasOf("b.test", "a.test")]);
            // The header's id stays, or nothing behind it is ever looked at.
            for (var n = random.Next(4); n > 0; n--) answer[random.Next(2, answer.Length)] = (byte)random.Next(256);
            return [random.Next(8) == 0 ? answer[..random.Next(2, answer.Length)] : answer];
        });
        var options = server.Options with { Timeout = TimeSpan.FromMilliseconds(50), Limit = TimeSpan.FromMilliseconds(200) };
        var (good, bad) = (0, 0);
        for (var i = 0; i < 400; i++)
            try
            {
                Assert.NotEmpty((await new SrvNames(name, options).FirstAsync()).Endpoints);
                good++;
            }
            catch (IOException)
            {
                bad++;
            }
        Assert.True(good > 30 && bad > 30, $"{good} good, {bad} bad");
    }

    [Fact]
    public void Text_records_are_read_or_refused() => Gen.String.Sample(text =>
    {
        try
        {
            _ = CertificateText.Parse("v=smart1; " + text, "x");
        }
        catch (FormatException)
        {
        }
    });
}
