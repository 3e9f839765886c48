using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>How loaded a replica is: the half of a policy that says "how much", apart from the half that says "which one".</summary>
/// <returns>Lower is better; never negative, never <see cref="double.NaN"/>.</returns>
public delegate double Cost(Replica replica, in PickContext context);
