using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SmartClients.Naming;

namespace SmartClients.Tests.World;

/// <summary>A source that tells what the test tells it: sets, and failures.</summary>
internal sealed class ScriptedNames : NameSource
{
    readonly Channel<object> script = Channel.CreateUnbounded<object>();
    int watches;
    int nudges;

    public override string Description => "script";

    /// <summary>How often somebody began to watch.</summary>
    public int Watches => Volatile.Read(ref watches);

    public int Nudges => Volatile.Read(ref nudges);

    public void Tell(MemberSet set) => script.Writer.TryWrite(set);

    public void Fail(Exception error) => script.Writer.TryWrite(error);

    public override void Nudge() => Interlocked.Increment(ref nudges);

    public override async IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        Interlocked.Increment(ref watches);
        await foreach (var line in script.Reader.ReadAllAsync(cancel))
            yield return line is Exception error ? throw error : (MemberSet)line;
    }
}
