using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Mirrors;

/// <summary>How large the file is: what a manifest says, else what most of the mirrors say that were asked.</summary>
internal sealed class Agreement
{
    readonly bool isTrusted;
    readonly Lock gate = new();
    readonly Dictionary<long, HashSet<Mirror>> votes = [];
    long? size;

    public Agreement(long? trusted) => (size, isTrusted) = (trusted, trusted is not null);

    /// <summary>The size that the pieces are made for.</summary>
    public long? Size
    {
        get { lock (gate) return size; }
    }

    /// <summary>More mirrors tell another size than tell this one: what was fetched is of the wrong file.</summary>
    public long? Moved { get; private set; }

    /// <summary>An earlier process's word, until a mirror speaks.</summary>
    public void Assume(long known)
    {
        lock (gate) size ??= known;
    }

    /// <summary>What a mirror says.</summary>
    /// <returns>Why it is left out; <see langword="null"/> when it agrees, or says nothing.</returns>
    public string? Hear(Mirror mirror, FileFacts facts)
    {
        if (facts.Size is not { } its) return null;
        lock (gate)
        {
            if (!votes.TryGetValue(its, out var same)) votes[its] = same = [];
            same.Add(mirror);
            size ??= its;
            if (its == size) return null;
            if (!isTrusted && same.Count > votes.GetValueOrDefault(size.Value, []).Count) Moved = its;
            return $"says that the file has {its} bytes, not {size}";
        }
    }

    /// <summary>Begins again with the size that most mirrors tell.</summary>
    public void Move()
    {
        lock (gate) (size, Moved) = (Moved ?? size, null);
    }

    /// <summary>Whether mirrors told different sizes.</summary>
    public bool IsDisputed
    {
        get { lock (gate) return votes.Count > 1; }
    }

    /// <summary>Whether a mirror told this size.</summary>
    public bool IsOfSize(Mirror mirror)
    {
        lock (gate) return size is { } its && votes.TryGetValue(its, out var same) && same.Contains(mirror);
    }
}
