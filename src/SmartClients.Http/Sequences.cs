using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SmartClients.Http;

/// <summary>Whether a value that is sent as JSON can be written twice: a sequence that is no collection may be gone after the first time.</summary>
internal static class Sequences
{
    static readonly object Yes = new();
    static readonly object No = new();
    static readonly ConditionalWeakTable<Type, object> Known = [];

    public static bool CanBeReadAgain(object? value) =>
        value is null or string or ICollection || Known.GetValue(value.GetType(), static type => Look(type) ? Yes : No) == Yes;

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An interface that was trimmed away cannot be enumerated by the serializer either.")]
    static bool Look(Type type)
    {
        var (sequence, collection) = (false, false);
        foreach (var @interface in type.GetInterfaces())
        {
            var form = @interface.IsGenericType ? @interface.GetGenericTypeDefinition() : @interface;
            if (form == typeof(IAsyncEnumerable<>)) return false;
            sequence |= form == typeof(IEnumerable);
            collection |= form == typeof(ICollection) || form == typeof(ICollection<>) || form == typeof(IReadOnlyCollection<>);
        }
        return collection || !sequence;
    }
}
