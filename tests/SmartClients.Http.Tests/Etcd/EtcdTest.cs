using SmartClients.Http.Etcd;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Http.Tests.Etcd;

/// <summary>What the tests against a real etcd have in common.</summary>
public abstract class EtcdTest
{
    internal const string Prefix = "smartclients/quotes/";

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Quick to notice, so that nobody waits.</summary>
    internal static EtcdOptions Quick { get; } = new()
    {
        CheckInterval = TimeSpan.FromMilliseconds(500),
        NodeTimeout = TimeSpan.FromSeconds(1),
        Timeout = TimeSpan.FromSeconds(4),
    };

    internal static string Name(params IEnumerable<Testing.Etcd> nodes) => "quotes@" + string.Join(',', nodes.Select(node => node.Address));

    internal static Director Direct(EtcdOptions options, params IEnumerable<Testing.Etcd> nodes) => Direct(new EtcdNames(Name(nodes), options));

    internal static Director Direct(NameSource source) =>
        new("quotes", source, new DirectorOptions { SourceRetry = TimeSpan.FromMilliseconds(200), FirstMembers = TimeSpan.FromSeconds(30) });

    internal static IEnumerable<string> Addresses(Director director) => director.Members.Select(member => member.Endpoint.Address);

    internal static Task MembersAsync(Director director, params string[] expected) =>
        Until.TrueAsync(() => Addresses(director).Order().SequenceEqual(expected.Order()), "the members are " + string.Join(", ", expected));

    internal static Task<MemberSet> NextAsync(IAsyncEnumerator<MemberSet> sets) => NextOf(sets).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancel);

    static async Task<MemberSet> NextOf(IAsyncEnumerator<MemberSet> sets) =>
        await sets.MoveNextAsync() ? sets.Current : throw new InvalidOperationException("The source has ended.");
}
