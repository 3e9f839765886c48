using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace SmartClients.Naming;

/// <summary>A fixed list: <c>list:host:port,host:port</c>. An address may carry a weight: <c>host:port*2.5</c>.</summary>
public sealed class StaticNames : NameSource
{
    readonly MemberSet set;

    /// <summary>The given members for ever.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public StaticNames(params IEnumerable<Endpoint> endpoints)
    {
        var all = endpoints.ToImmutableArray();
        if (all.IsEmpty) throw new ArgumentException("The list names no endpoint.", nameof(endpoints));
        if (all.Length > MemberSet.Most) throw new ArgumentException($"The list names {all.Length:N0} endpoints; the most is {MemberSet.Most:N0}.", nameof(endpoints));
        set = new MemberSet(all, "list");
    }

    /// <inheritdoc/>
    public override string Description => "list";

    /// <inheritdoc/>
    public override MemberSet Immediate => set;

    /// <inheritdoc/>
    public override bool IsFixed => true;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        yield return set;
        await Task.CompletedTask;
    }

    /// <summary>Reads <c>host:port,host:port*weight</c>.</summary>
    /// <param name="text">The list.</param>
    /// <param name="defaultPort">For addresses that name none.</param>
    /// <exception cref="FormatException">An address cannot be read, or there is none; the message names it.</exception>
    public static StaticNames Parse(string text, int? defaultPort = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0) throw new FormatException("The list names no endpoint: write list:host:port,host:port.");
        return new StaticNames(parts.Select(part => ParseOne(part, defaultPort)));
    }

    static Endpoint ParseOne(string part, int? defaultPort)
    {
        var star = part.IndexOf('*');
        if (star < 0) return Endpoint.Parse(part, defaultPort);
        var endpoint = Endpoint.Parse(part[..star], defaultPort);
        if (!double.TryParse(part[(star + 1)..], System.Globalization.CultureInfo.InvariantCulture, out var weight) || weight is not (> 0 and <= 1e6))
            throw new FormatException($"'{part[(star + 1)..]}' in '{part}' is not a weight: a number above 0, to 1,000,000.");
        return endpoint with { Weight = weight };
    }
}
