using System.CommandLine;
using SmartClients.Cli.Naming;
using SmartClients.Cli.Shell;
using SmartClients.Naming;

namespace SmartClients.Cli.Calling;

/// <summary><c>smart call</c>: curl with a director.</summary>
internal sealed class CallCommand : SmartCommand
{
    readonly Argument<string> url = new("url") { Description = "NAME/path, where NAME is service://quotes, list:host:port,host:port, file:members.json, dns:host:port, srv:_svc._tcp.host, …" };
    readonly Option<string?> scheme = new("--scheme") { Description = "How the replicas are called. Default: as the service says, else http." };
    readonly Option<string?> method = new("--request", "-X") { Description = "The method. Default: GET, or POST with data.", HelpName = "method" };
    readonly Option<string[]> headers = new("--header", "-H") { Description = "A header, \"Name: value\". May be repeated.", HelpName = "header" };
    readonly Option<string?> data = new("--data", "-d") { Description = "The body; @file reads a file, @- standard input.", HelpName = "data" };
    readonly Option<bool> showHead = new("--include", "-i") { Description = "Print the reply's status line and headers too." };
    readonly Option<string?> output = new("--output", "-o") { Description = "Write the body to a file.", HelpName = "file" };
    readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Tell on standard error why each replica was picked." };
    readonly Option<string> policy = Parameters.Policy();
    readonly Option<bool> hedge = new("--hedge") { Description = "Ask a second replica when the first is slow, where the method allows it. Default: as the service says, else so." };
    readonly Option<bool> noHedge = new("--no-hedge") { Description = "Never do." };
    readonly Option<TimeSpan?> timeout = Parameters.Duration(
        "--timeout", "For each request with all its attempts, and between two pieces of a streamed body. Default: 30s.", TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(24));
    readonly Option<int?> count = Parameters.Count("--count", "Send this many requests and print a summary.", null, 1, 100_000_000);
    readonly Option<double?> rate = Parameters.Number("--rate", "With --count: requests a second, whatever the replies.", null, 0.001, 1_000_000);
    readonly Option<int?> concurrency = Parameters.Count(
        "--concurrency", "With --count: the most in flight. Default: 1000 with --rate, else 8.", null, 1, 10_000);
    readonly NamingParameters naming = new();
    readonly Option<bool> json = Parameters.Json();

    public CallCommand(TimeProvider time) : base("call", "Sends an HTTP request to the best replica, or a steady load to all of them.")
    {
        scheme.AcceptOnlyFromAmong("http", "https");
        Add(url);
        Option[] all =
        [
            scheme, method, headers, data, showHead, output, verbose, policy, hedge, noHedge, timeout, count, rate, concurrency, .. naming.All, json,
        ];
        foreach (var option in all) Add(option);
        SetAction((parsed, cancel) => RunAsync(Read(parsed), time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart call service://quotes/today --directory http://127.0.0.1:8600",
        "smart call list:127.0.0.1:8001,127.0.0.1:8002/index.html",
        "smart call file:members.json/orders -X POST -H 'Content-Type: application/json' -d @order.json",
        "smart call list:a.example:443,b.example:443/ --scheme https -v -o page.html",
        "smart call list:127.0.0.1:8001,127.0.0.1:8002/ --count 10000 --rate 500 --json",
    ];

    CallSettings Read(ParseResult parsed)
    {
        if (parsed.GetValue(hedge) && parsed.GetValue(noHedge)) throw new UsageException("--hedge and --no-hedge exclude each other.");
        var many = parsed.GetValue(count);
        if (many is null && (parsed.GetValue(rate) ?? parsed.GetValue(concurrency)) is not null)
            throw new UsageException("--rate and --concurrency need --count.");
        if (many is not null && (parsed.GetValue(showHead) || parsed.GetValue(output) is not null)) throw new UsageException("--include and --output do not go with --count.");
        var file = parsed.GetValue(output);
        if (file is not null && (file.Length == 0 || Directory.Exists(file) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))))
            throw new UsageException($"'{file}' of --output cannot be written: it must be a file in a folder that exists.");
        return new CallSettings
        {
            Url = ServiceName.Parse(parsed.GetValue(url)!),
            Scheme = parsed.GetValue(scheme),
            Method = parsed.GetValue(method),
            Headers = parsed.GetValue(headers) ?? [],
            Data = parsed.GetValue(data),
            ShowHead = parsed.GetValue(showHead),
            OutputFile = file,
            Verbose = parsed.GetValue(verbose),
            Json = parsed.GetValue(json),
            // Only what was asked for; where nothing was, the service may say.
            Policy = parsed.GetResult(policy) is { Implicit: false } ? parsed.GetValue(policy) : null,
            Hedge = parsed.GetValue(noHedge) ? false : parsed.GetValue(hedge) ? true : null,
            Timeout = parsed.GetValue(timeout),
            Naming = naming.Read(parsed),
            Count = many,
            Rate = parsed.GetValue(rate),
            Concurrency = parsed.GetValue(concurrency),
        };
    }

    static async Task<int> RunAsync(CallSettings settings, TimeProvider time, CancellationToken cancel)
    {
        await using var names = new NameTable(settings.Naming, time);
        var name = await names.OpenAsync(settings.Url, settings.Scheme == "https" ? 443 : 80, refresh: false, settings.Patience, cancel);
        var template = await RequestTemplate.ReadAsync(settings, name.Scheme(settings.Scheme), cancel);
        await using var client = new ReplicatedClient(settings, name, time);
        if (settings.Verbose) client.Director.Decided += DecisionText.Print;
        var failed = true;
        try
        {
            var code = settings.Count is { } count
                ? await new SteadyLoad(settings, count, template, client, time).RunAsync(cancel)
                : await new SingleCall(settings, template, client, time).RunAsync(cancel);
            failed = false;
            return code;
        }
        finally
        {
            if (!cancel.IsCancellationRequested) await name.SettleAsync(client.Director, time, failed);
        }
    }
}
