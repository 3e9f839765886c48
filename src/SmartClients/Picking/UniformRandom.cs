using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>Any candidate, each as likely as any other: the paper's simplest director (§3.1.1).</summary>
public sealed class UniformRandom : Policy
{
    /// <inheritdoc/>
    public override Replica Pick(in PickContext context) => context.Candidates[context.Random.Next(context.Candidates.Length)];
}
