using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Chat;

/// <summary>Whether a proxy stands in front, which speaks TLS: only then is what a request says of where it came from believed, and only if
/// that proxy sent it.</summary>
internal sealed class ProxyParameter
{
    readonly Option<string[]> option = new("--behind-proxy")
    {
        Description = "A proxy at this address, which may be repeated, speaks for clients: its X-Forwarded-Proto and X-Forwarded-For are believed. Default: this machine's.",
        HelpName = "address",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option Option => option;

    /// <summary>What is believed; <see langword="null"/> where nothing is.</summary>
    /// <exception cref="UsageException">An address is none.</exception>
    public ForwardedHeadersOptions? Read(ParseResult parsed)
    {
        if (parsed.GetResult(option) is null) return null;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        var given = parsed.GetValue(option) ?? [];
        // The middleware begins with the loopback addresses.
        if (given.Length == 0) return options;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in given)
            options.KnownProxies.Add(IPAddress.TryParse(text, out var address) ? address
                : throw new UsageException($"--behind-proxy '{text}' is no address: write one such as 10.0.0.7, or none for a proxy on this machine"));
        return options;
    }
}
