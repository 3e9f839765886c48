using System.Collections.Concurrent;

namespace SmartClients.Chat.Checker.Recording;

/// <summary>All that happened: who wrote what, what was acknowledged, what was shown, and what each reader got. Safe for concurrent use.</summary>
internal sealed class Record(TimeProvider time)
{
    readonly ConcurrentDictionary<string, Written> written = new(StringComparer.Ordinal);
    readonly ConcurrentBag<ReaderRecord> readers = [];
    readonly ConcurrentBag<ReaderRecord> audits = [];
    readonly ConcurrentQueue<Violation> broken = new();
    readonly Lock writing = new();

    /// <summary>Messages written, acknowledged or not.</summary>
    public int Count => written.Count;

    public int Acknowledged => written.Values.Count(one => one.AcknowledgedAt != 0);

    public long Delivered => readers.Sum(reader => (long)reader.Count);

    /// <summary>The longest time from writing to the acknowledgement.</summary>
    public TimeSpan LongestWait => written.Values.Where(one => one.AcknowledgedAt != 0)
        .Select(one => time.GetElapsedTime(one.WrittenAt, one.AcknowledgedAt)).DefaultIfEmpty().Max();

    /// <summary>A writer hands a line to its room.</summary>
    /// <param name="writer">Who.</param>
    /// <param name="number">Its how-manieth.</param>
    /// <param name="send">Hands it over. A reader may get it before this returns, and waits until it is taken down here.</param>
    public OwnMessage Write(string writer, int number, Func<OwnMessage> send)
    {
        OwnMessage message;
        lock (writing)
        {
            message = send();
            written.GetOrAdd(message.Id, _ => new Written()).Is(writer, number, message.Text, time.GetTimestamp());
        }
        message.Changed += Shown;
        Shown(message);
        return message;
    }

    /// <summary>A server's acknowledgement has reached the writer's machine.</summary>
    public void Acknowledge(string id)
    {
        var one = written.GetOrAdd(id, _ => new Written());
        if (one.AcknowledgedAt == 0) one.AcknowledgedAt = time.GetTimestamp();
    }

    public ReaderRecord Reader(string name)
    {
        var reader = new ReaderRecord(name, this);
        readers.Add(reader);
        return reader;
    }

    /// <summary>One that reads a server's whole log at the end.</summary>
    public ReaderRecord Audit(string name)
    {
        var reader = new ReaderRecord(name, this);
        audits.Add(reader);
        return reader;
    }

    /// <summary>Whether a reader has all that was acknowledged.</summary>
    public bool HasAll(ReaderRecord reader) => written.All(one => one.Value.AcknowledgedAt == 0 || reader.Has(one.Key));

    /// <summary>Every broken promise.</summary>
    public IReadOnlyList<Violation> Judge()
    {
        List<Violation> all = [.. broken];
        foreach (var (id, one) in written)
        {
            if (one.AcknowledgedAt == 0) continue;
            if (!audits.IsEmpty && audits.All(audit => !audit.Has(id))) all.Add(new Violation(ViolationKind.NotStored, $"'{one.Text}' ({id}) was acknowledged, and no server has it"));
            else
                foreach (var reader in readers.Concat(audits))
                    if (!reader.Has(id)) all.Add(new Violation(ViolationKind.Lost, $"{reader.Name} never got '{one.Text}' ({id}), which was acknowledged"));
        }
        return all;
    }

    internal void Break(ViolationKind kind, string what) => broken.Enqueue(new Violation(kind, what));

    /// <summary>What was written with an identity; <see langword="null"/> where nothing was.</summary>
    internal Written? Find(string id)
    {
        if (written.TryGetValue(id, out var one) && one.IsKnown) return one;
        lock (writing) return written.TryGetValue(id, out one) && one.IsKnown ? one : null;
    }

    void Shown(OwnMessage message)
    {
        if (message.State is MessageState.Sending or MessageState.Refused) return;
        if (written.GetValueOrDefault(message.Id) is not { AcknowledgedAt: > 0 })
            Break(ViolationKind.ShownTooSoon, $"'{message.Text}' ({message.Id}) was shown as {message.State} before any server had acknowledged it");
    }
}
