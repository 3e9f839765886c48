using SmartClients.Cli.Directories;
using SmartClients.Cli.Keys;
using SmartClients.Cli.Shell;
using SmartClients.Http.Directories;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Chat;

/// <summary>Keeps the chat service's certificate published: the servers of the group all hold the key, and whoever starts first, or finds
/// it out of date, publishes it.</summary>
/// <param name="name">The service.</param>
/// <param name="key">Its key.</param>
/// <param name="keyFile">Where that came from, for messages.</param>
/// <param name="directories">Where it is published.</param>
/// <param name="members">The servers; all of the group where <paramref name="complete"/>, and otherwise others may be there already.</param>
/// <param name="scheme">How clients speak to them.</param>
/// <param name="complete">Whether they are all.</param>
/// <param name="time">The clock.</param>
internal sealed class OwnCertificate(
    ServiceName name, SigningKey key, string keyFile, DirectoryClient directories, IReadOnlyList<Endpoint> members, string scheme, bool complete, TimeProvider time)
{
    static readonly TimeSpan Look = TimeSpan.FromHours(1);
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Renew = TimeSpan.FromDays(30);

    /// <summary>Looks after it until stopped.</summary>
    /// <exception cref="UsageException">The name is published with another key.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var failing = false;
        while (!stop.IsCancellationRequested)
        {
            var problem = await TryAsync(stop);
            if (problem is not null && !failing) Messages.Problem($"service://{name.Value} is not published, and is tried again: {problem}");
            failing = problem is not null;
            await Task.Delay(failing ? Retry : Look, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<string?> TryAsync(CancellationToken stop)
    {
        try
        {
            return await PublishAsync(stop);
        }
        catch (Exception error) when (error is not UsageException && !stop.IsCancellationRequested)
        {
            return Messages.OneLine(error.Message);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    async Task<string?> PublishAsync(CancellationToken stop)
    {
        var previous = await Publishable.PreviousAsync(directories, name, time, stop);
        Publishable.CheckKey(name, previous, key, keyFile);
        var endpoints = complete ? members : [.. members.Union(previous?.Certificate is { } before && before.Interface?.Scheme == scheme ? before.Endpoints : [])];
        var now = time.GetUtcNow();
        if (previous is { Certificate: var known } && known.Expires > now + Renew && known.Interface?.Scheme == scheme && endpoints.ToHashSet().SetEquals(known.Endpoints)) return null;
        var draft = Draft.Of(
            new ServiceCertificate
            {
                Name = name.Value,
                Title = previous?.Certificate.Title ?? name.Value,
                Description = previous?.Certificate.Description ?? "A chat service.",
                Keywords = previous?.Certificate.Keywords ?? ["chat"],
                Serial = 1,
                Issued = default,
                Expires = default,
                Endpoints = [.. endpoints.OrderBy(endpoint => endpoint.Address, StringComparer.Ordinal)],
                Interface = new ClientInterface { Scheme = scheme, Command = $"smart chat service://{name.Value}/lobby" },
            },
            now);
        var payload = Draft.Complete(System.Text.Encoding.UTF8.GetBytes(draft), "the server's own certificate", previous, now);
        var receipts = await directories.PublishAsync(SignedCertificate.Read(key.Sign((ReadOnlyMemory<byte>)payload, previous), "the server's own certificate"), stop);
        return receipts.Any(receipt => receipt.Stored) ? null : string.Join("; ", receipts.Select(receipt => $"{receipt.Directory}: {receipt.Said}"));
    }
}
