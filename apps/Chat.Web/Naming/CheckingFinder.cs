using System.Collections.Immutable;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Chat.Web.Naming;

/// <summary>Has what another finder finds checked before it is read.</summary>
internal sealed class CheckingFinder(CertificateFinder finder, CheckedSignatures signatures) : CertificateFinder
{
    public override string Description => finder.Description;

    public override async ValueTask<ImmutableArray<FoundCertificate>> FindAsync(ServiceName name, TimeProvider time, CancellationToken cancel)
    {
        var found = await finder.FindAsync(name, time, cancel);
        foreach (var one in found) await signatures.AddAsync(one.Document);
        return found;
    }
}
