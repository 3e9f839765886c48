using SmartClients.Naming;

namespace SmartClients.Discovery.Tests.Support;

/// <summary>The first set that a source tells, and how long a source waits.</summary>
internal static class Asked
{
    public static async Task<MemberSet> FirstAsync(this NameSource source, TimeProvider? time = null)
    {
        await foreach (var set in source.WatchAsync(time ?? TimeProvider.System, TestContext.Current.CancellationToken)) return set;
        throw new InvalidOperationException("It told nothing.");
    }

    public static string Words(this MemberSet set) => string.Join(' ', set.Endpoints.Select(e => e.Address));

    public static Task<IOException> FailsAsync(this NameSource source) => Assert.ThrowsAsync<IOException>(() => source.FirstAsync());
}
