using System.Collections.Concurrent;

namespace SmartClients.Chat.Checker.Recording;

/// <summary>What one reader got, in its order; what is wrong with that is noticed at once.</summary>
internal sealed class ReaderRecord(string name, Record record)
{
    readonly ConcurrentDictionary<string, byte> got = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> last = [];
    readonly Dictionary<string, int> lastNumber = [];

    public string Name => name;

    public int Count => got.Count;

    public bool Has(string id) => got.ContainsKey(id);

    /// <summary>It gets one more.</summary>
    public void Got(ChatMessage message)
    {
        if (!got.TryAdd(message.Id, 0)) record.Break(ViolationKind.Doubled, $"{name} got '{message.Text}' ({message.Id}) twice");
        var before = last.GetValueOrDefault(message.Sender);
        if (message.Sequence <= before)
            record.Break(ViolationKind.Reordered, $"{name} got message {message.Sequence} of {message.Sender} after {before}");
        last[message.Sender] = message.Sequence;
        if (record.Find(message.Id) is not { } written) record.Break(ViolationKind.Invented, $"{name} got '{message.Text}' ({message.Id}), which nobody wrote");
        else
        {
            if (written.Number <= lastNumber.GetValueOrDefault(written.Writer))
                record.Break(ViolationKind.Reordered, $"{name} got number {written.Number} of {written.Writer} after {lastNumber[written.Writer]}");
            lastNumber[written.Writer] = written.Number;
            if (written.Text != message.Text) record.Break(ViolationKind.Invented, $"{name} got '{message.Text}' ({message.Id}), where '{written.Text}' was written");
        }
    }
}
