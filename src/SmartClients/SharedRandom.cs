namespace SmartClients;

/// <summary>The one place where ambient chance enters.</summary>
internal static class SharedRandom
{
#pragma warning disable RS0030 // Banned everywhere else, so that tests and the simulator can hand in a seeded one.
    public static Random Instance => Random.Shared;
#pragma warning restore RS0030
}
