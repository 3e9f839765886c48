using SmartClients.Benchmarks.BadReplica;
using SmartClients.Benchmarks.Calls;
using SmartClients.Benchmarks.Changes;
using SmartClients.Benchmarks.Chat;
using SmartClients.Benchmarks.Directories;
using SmartClients.Benchmarks.Failover;
using SmartClients.Benchmarks.Handlers;
using SmartClients.Benchmarks.Picks;
using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks;

/// <summary>THE TABLE of experiments, one line each. Each writes <c>bench/results/NAME.md</c>.</summary>
static class Experiments
{
    public sealed record Experiment(string About, Func<Arguments, Task> RunAsync);

    public static readonly IReadOnlyDictionary<string, Experiment> Table = new Dictionary<string, Experiment>
    {
        ["picks"] = new("a pick and its completion, 3 to 10,000 endpoints, against YARP, grpc-dotnet and hand-written limits", PicksExperiment.RunAsync),
        ["sends"] = new("a whole SendAsync over an action that returns at once", SendsExperiment.RunAsync),
        ["handler"] = new("the handler chain over a stub, against IHttpClientFactory, discovery, resilience and hedging", HandlerExperiment.RunAsync),
        ["calls"] = new("whole HTTP calls on loopback to three servers, as ratios to a hand-written round robin [--seconds S] [--in-flight 1,16,64]", CallsExperiment.RunAsync),
        ["failover"] = new("one of three servers fails under load: [--fault kill,stop,503] [--repeat N] [--rate R] [--seconds S]", FailoverExperiment.RunAsync),
        ["bad-replica"] = new("one replica of three always answers 500: [--kestrel] [--requests N] [--rate R]", BadReplicaExperiment.RunAsync),
        ["changes"] = new("replicas join and leave a group kept in a file, on the web, in DNS, in etcd: until first use [--rounds N] [--rate R]", ChangesExperiment.RunAsync),
        ["directories"] = new("a directory with many certificates: publish, look up, search, memory, catching up [--count N] [--queries N]", DirectoriesExperiment.RunAsync),
        ["chat"] = new("readers of one room on one, two, four servers, against SignalR with its Redis backplane [--readers N] [--seconds S] [--rates 1,5,10] [--burst N] [--add EARLIER.json]", ChatExperiment.RunAsync),
        ["starts"] = new("from a name to a director that is ready, out of the cache [--rounds N]", StartsExperiment.RunAsync),
    };
}
