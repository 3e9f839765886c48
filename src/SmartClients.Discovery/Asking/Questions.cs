using SmartClients.Naming;

namespace SmartClients.Discovery.Asking;

/// <summary>What the sources that ask DNS have in common.</summary>
internal static class Questions
{
    public static AddressBook Book(DnsOptions options) => new(
        new DnsServers(options).AskAsync, options.Servers.IsEmpty ? System.Net.Dns.GetHostAddressesAsync : null, options.Families, Routes.HasOne);

    /// <summary>An answer within a limit.</summary>
    /// <exception cref="IOException">It took longer; or what the question itself throws.</exception>
    public static async ValueTask<T> LimitedAsync<T>(
        string what, TimeSpan limit, TimeProvider time, Func<CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            // What does not notice that it is cancelled is not waited for.
            return await ask(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new IOException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what}: no answer within {limit.TotalSeconds:0.##} s."), error);
        }
    }
}
