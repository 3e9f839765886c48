using Microsoft.AspNetCore.Builder;

namespace SmartClients.Cli.Shell;

/// <summary>What a command that serves begins with.</summary>
internal static class WebProgram
{
    /// <summary>A builder that does not look for changes of settings. It would watch every folder below the one that the program was started in,
    /// and that may be the whole disk: the kernel then takes tens of milliseconds to end a program that was killed, with its connections still
    /// open and a core busy.</summary>
    public static WebApplicationBuilder NewBuilder() =>
        WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
}
