using System.Runtime.CompilerServices;
using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>Room on the stack for those whom a policy wants to probe.</summary>
[InlineArray(ProbeWish.Most)]
internal struct ProbeTargets
{
    Replica first;
}
