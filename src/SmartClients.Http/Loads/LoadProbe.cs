using SmartClients.Learning;
using SmartClients.Naming;

namespace SmartClients.Http.Loads;

/// <summary>Asks one replica for its load because a policy wants to know.</summary>
internal sealed class LoadProbe(Director director, LoadSource source)
{
    public async ValueTask<LoadReport?> AskAsync(Endpoint endpoint, CancellationToken cancel)
    {
        using var response = await source.AskAsync(endpoint, listen: false, cancel).ConfigureAwait(false);
        if (ReplySignals.Read(response).Leaving) director.Leaving(endpoint.Address);
        return response.IsSuccessStatusCode ? await LoadSource.ReadAsync(response, cancel).ConfigureAwait(false) : null;
    }
}
