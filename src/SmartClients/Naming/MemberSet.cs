using System.Collections.Immutable;

namespace SmartClients.Naming;

/// <summary>All members of a group at one moment, as a source tells it: always the whole set, never a change to it.</summary>
/// <param name="Endpoints">The members; a repeated address counts once, the last one wins.</param>
/// <param name="Source">Where this was learnt, for people: <c>list</c>, <c>file members.json</c>, <c>reply of 10.0.0.1:80</c>.</param>
public sealed record MemberSet(ImmutableArray<Endpoint> Endpoints, string Source)
{
    /// <summary>Whether this is only what to begin with, until the source itself has answered: what an earlier process knew, or what a
    /// certificate names. A hint never takes the place of members that are known, and a request that fails on all of it waits for the answer.</summary>
    public bool IsHint { get; init; }

    /// <summary>The most members that a set may have: 100,000. More is taken for a mistake or an attack.</summary>
    public const int Most = 100_000;
}
