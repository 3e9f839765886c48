using System.Text;
using SmartClients.Naming.State;

namespace SmartClients.Chat.Web.Browser;

/// <summary>Certificates, members and what was learnt of them, in the browser's storage: a page that is opened again begins without asking
/// anybody.</summary>
internal sealed class LocalState : StateStore
{
    const string Prefix = "smartclients:";

    /// <inheritdoc/>
    public override SavedService? Read(string service)
    {
        if (LocalStorage.Read(Prefix + service) is not { } text) return null;
        try
        {
            return StateDocument.Parse(Encoding.UTF8.GetBytes(text), service);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Reading and writing are one step for all the pages of an origin, since neither waits.</remarks>
    public override ValueTask<bool> UpdateAsync(string service, Func<SavedService?, SavedService?> change, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancel.ThrowIfCancellationRequested();
        var before = Read(service);
        if (change(before) is not { } after || ReferenceEquals(after, before)) return ValueTask.FromResult(true);
        return ValueTask.FromResult(LocalStorage.Write(Prefix + service, Encoding.UTF8.GetString(StateDocument.Write(service, after))));
    }
}
