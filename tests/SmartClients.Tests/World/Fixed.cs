using SmartClients.Membership;
using SmartClients.Picking;

namespace SmartClients.Tests.World;

/// <summary>The first candidate by address: a test knows beforehand who is asked.</summary>
internal sealed class Fixed : Policy
{
    public override Replica Pick(in PickContext context)
    {
        var first = context.Candidates[0];
        foreach (var replica in context.Candidates)
            if (Order(replica).CompareTo(Order(first)) < 0) first = replica;
        return first;
    }

    static (int, string) Order(Replica replica) => (replica.Endpoint.Address.Length, replica.Endpoint.Address);
}
