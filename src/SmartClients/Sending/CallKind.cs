namespace SmartClients.Sending;

/// <summary>A small number for each kind of call: an index that costs less than looking up a type.</summary>
internal static class CallKind<TRequest, TResult>
{
#pragma warning disable CA1823 // Read through the generic type.
    public static readonly int Index = CallKinds.Next();
#pragma warning restore CA1823
}

file static class CallKinds
{
    static int last = -1;

    public static int Next() => Interlocked.Increment(ref last);
}
