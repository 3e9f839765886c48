using SmartClients.AspNetCore;

namespace Microsoft.AspNetCore.Http;

/// <summary>What a request's handler tells of its load.</summary>
public static class LoadHttpContextExtensions
{
    /// <summary>Says what this request cost, in a unit of the application's choosing; the reply's load report carries it. Before the
    /// reply begins; afterwards, and without <c>UseLoadReports</c>, it is lost.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cost">0 to 10¹².</param>
    /// <exception cref="ArgumentOutOfRangeException">The cost is out of range.</exception>
    public static void SetRequestCost(this HttpContext context, double cost)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (cost is not (>= 0 and <= 1e12)) throw new ArgumentOutOfRangeException(nameof(cost), cost, "It must be from 0 to 1,000,000,000,000.");
        if (context.Features.Get<ReplyLoad>() is { } reply) reply.Cost = cost;
    }
}
