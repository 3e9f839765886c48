using System.CommandLine;
using SmartClients.Cli.Naming;
using SmartClients.Cli.Shell;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Cli.Getting;

/// <summary><c>smart get</c>: a file from whichever mirrors are best.</summary>
internal sealed class GetCommand : SmartCommand
{
    readonly Argument<string[]> urls = new("url")
    {
        Description = "NAME/path, where NAME is service://mirrors, list:host:port,host:port, …; or the file's addresses on several mirrors; or a Metalink document (.meta4).",
        Arity = ArgumentArity.OneOrMore,
    };
    readonly Option<string?> output = new("--output", "-o") { Description = "Where the file goes: a file, a folder, or - for standard output. Default: its own name, here.", HelpName = "file" };
    readonly Option<string?> scheme = new("--scheme") { Description = "With a NAME: the protocol of mirrors that do not say it themselves. Default: as the service says, else http." };
    readonly Option<string?> sha256 = new("--sha256") { Description = "The SHA-256 that the file must have.", HelpName = "hex" };
    readonly Option<string?> manifest = new("--manifest") { Description = "Hashes of the file and its pieces: a file or an address; in JSON, as sha256sum writes, or Metalink.", HelpName = "file" };
    readonly Option<int?> parallel = Parameters.Count("--parallel", "The most mirrors at the same time; 1 for one after the other.", 4, 1, 64);
    readonly Option<bool> recursive = new("--recursive", "-r") { Description = "A whole tree: every file of a folder and of the folders in it." };
    readonly Option<bool> anew = new("--no-resume") { Description = "Begin anew, whatever an earlier call left." };
    readonly Option<string> policy = Parameters.Policy();
    readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Tell on standard error why each mirror was picked." };
    readonly Option<TimeSpan?> timeout = Parameters.Duration("--timeout", "How long there may be no byte from any mirror. Default: 30s.", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
    readonly NamingParameters naming = new();
    readonly Option<bool> json = Parameters.Json();

    public GetCommand(TimeProvider time) : base("get", "Fetches a file from the best mirrors, over HTTP, FTP and SFTP; a mirror that fails is not noticed.")
    {
        scheme.AcceptOnlyFromAmong([.. Schemes.Names]);
        Add(urls);
        Option[] all = [output, scheme, sha256, manifest, parallel, recursive, anew, policy, verbose, timeout, .. naming.All, json];
        foreach (var option in all) Add(option);
        SetAction((parsed, cancel) => RunAsync(Read(parsed), time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart get service://mirrors/debian/debian-12.iso",
        "smart get http://a.example/big.iso ftp://b.example/pub/big.iso sftp://c.example/srv/big.iso --sha256 HEX",
        "smart get debian.iso.meta4 -o /srv/images/",
        "smart get list:10.0.0.1:80,10.0.0.2:80/dump.tar -o - | tar x",
        "smart get ftp://a.example/pub/ ftp://b.example/pub/ --recursive -o pub",
    ];

    GetSettings Read(ParseResult parsed)
    {
        var to = parsed.GetValue(output);
        var (isTree, asJson) = (parsed.GetValue(recursive), parsed.GetValue(json));
        if (to is "" || to is not null and not "-" && !isTree && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(to))))
            throw new UsageException($"'{to}' of --output cannot be written: its folder is not there.");
        if (to == "-" && (asJson || isTree)) throw new UsageException("-o - does not go with --json or --recursive.");
        var hash = parsed.GetValue(sha256);
        if (hash is not null && isTree) throw new UsageException("--sha256 is of one file: with --recursive, give --manifest.");
        return new GetSettings
        {
            Urls = parsed.GetValue(urls)!,
            Output = to,
            Scheme = parsed.GetValue(scheme),
            Sha256 = hash is null ? null : Hash.Parse("sha-256", hash),
            Manifest = parsed.GetValue(manifest),
            Parallel = parsed.GetValue(parallel)!.Value,
            Recursive = isTree,
            Resume = !parsed.GetValue(anew),
            Policy = parsed.GetResult(policy) is { Implicit: false } ? parsed.GetValue(policy) : null,
            Verbose = parsed.GetValue(verbose),
            Patience = parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(30),
            Naming = naming.Read(parsed),
            Json = asJson,
        };
    }

    static async Task<int> RunAsync(GetSettings settings, TimeProvider time, CancellationToken cancel)
    {
        await using var names = new NameTable(settings.Naming, time);
        await using var schemes = new Schemes(Protocols(time));
        var reader = new GroupReader(settings, names, schemes);
        var manifest = settings.Manifest is { } at ? await reader.ManifestAsync(at, cancel) : null;
        var groups = await reader.ReadAsync(cancel);
        return await new Getter(settings, schemes, manifest, time).RunAsync(groups, cancel);
    }

    // Another mirror is near: one that stands still is not waited for long.
    static ProtocolOptions Protocols(TimeProvider time) =>
        ProtocolOptions.OfHome(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)) with { Time = time, StallLimit = TimeSpan.FromSeconds(3) };
}
