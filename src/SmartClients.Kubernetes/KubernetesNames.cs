using System.Runtime.CompilerServices;
using SmartClients.Naming;

namespace SmartClients.Kubernetes;

/// <summary>
/// The pods behind a service of a cluster: <c>k8s:SERVICE.NAMESPACE</c> or <c>k8s:SERVICE.NAMESPACE:PORT</c>. The service's endpoint
/// slices are read once, and watched from then on. Safe for concurrent use.
/// </summary>
/// <remarks>A pod that is not ready is left out; while none is ready, those that still serve on their way out are taken. The port is
/// that of the pods, by number or by name, and may be left out where there is one only. When the API server cannot be asked, or there
/// is no pod, the watch throws once and the members known go on serving. The program needs the right to list and watch
/// <c>endpointslices</c> in the service's namespace.</remarks>
public sealed class KubernetesNames : NameSource
{
    const int MostBreaks = 3;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    readonly KubernetesName name;
    readonly KubernetesOptions options;
    readonly AddressRules rules;
    volatile SliceWatch? current;
    bool toldEmpty;

    /// <summary>The pods behind a service.</summary>
    /// <param name="value">What follows <c>k8s:</c> in the name: <c>SERVICE.NAMESPACE</c>, perhaps with a port.</param>
    /// <param name="options">The defaults when left out.</param>
    /// <param name="rules">Which addresses are believed; <see cref="AddressRules.Default"/> when left out.</param>
    /// <exception cref="FormatException">The name cannot be read.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public KubernetesNames(string value, KubernetesOptions? options = null, AddressRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        name = KubernetesName.Parse(value);
        this.rules = rules ?? AddressRules.Default;
        this.options = options ?? new KubernetesOptions();
        this.options.Validate();
    }

    /// <inheritdoc/>
    public override string Description => name.ToString();

    /// <inheritdoc/>
    public override AddressRules? Addresses => rules;

    /// <summary>Begins the watch anew where it is, soon: should it hang, what it has missed arrives.</summary>
    public override void Nudge() => current?.Renew();

    /// <inheritdoc/>
    /// <exception cref="ClusterException">The API server cannot be asked, or there is no pod.</exception>
    public override async IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(time);
        using var client = new ClusterClient(name, options, time);
        var slices = new Slices(name);
        for (var breaks = 0; ;)
        {
            var list = await client.ListAsync(cancel).ConfigureAwait(false);
            slices.Replace(list.Items);
            if (SetOrTold(slices) is { } all) yield return all;
            var version = list.Metadata.ResourceVersion;
            for (var isGone = false; !isGone;)
            {
                using var watch = new SliceWatch(client, version, options.WatchTime, time, cancel);
                current = watch;
                while (await watch.NextAsync(cancel).ConfigureAwait(false) is { } change)
                {
                    slices.Apply(change);
                    if (slices.ToSet() is { } changed) yield return Known(changed);
                }
                cancel.ThrowIfCancellationRequested();
                isGone = watch.IsGone;
                breaks = watch.Version == version && watch.IsShort ? breaks + 1 : 0;
                version = watch.Version;
                if (breaks > MostBreaks) throw new ClusterException($"{name}: the API server ends every watch at once", watch.Break);
                await Task.Delay(Pause * breaks, time, cancel).ConfigureAwait(false);
                // A whole watch confirms what is known.
                if (!isGone && watch.Break is null && SetOrTold(slices) is { } confirmed) yield return confirmed;
            }
        }
    }

    MemberSet? SetOrTold(Slices slices)
    {
        if (slices.ToSet() is { } set) return Known(set);
        if (toldEmpty) return null;
        toldEmpty = true;
        throw new ClusterException($"{name}: no pod of the service is ready, or there is no such service");
    }

    MemberSet Known(MemberSet set)
    {
        toldEmpty = false;
        return set;
    }
}
