namespace SmartClients.Testing;

/// <summary>The command line, to be started as anybody would.</summary>
internal static class SmartProgram
{
    /// <summary>Where it is: what the environment's <c>SMART</c> says, as <c>./test</c> does for the one that is compiled ahead of time; else
    /// the one that was built with the tests.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("SMART") is { Length: > 0 } path ? path : System.IO.Path.Combine(AppContext.BaseDirectory, "smart");
}
