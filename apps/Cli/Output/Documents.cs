using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SmartClients.Cli.Benching;
using SmartClients.Cli.Calling;
using SmartClients.Cli.Demo;
using SmartClients.Cli.Directories;
using SmartClients.Cli.Experiments.Figure6;
using SmartClients.Cli.Experiments.Figure8;
using SmartClients.Cli.Getting;
using SmartClients.Cli.Keys;
using SmartClients.Cli.Resolving;
using SmartClients.Cli.Simulating;
using SmartClients.Cli.Terminals;

namespace SmartClients.Cli.Output;

/// <summary>What --json prints. Fields only ever get added.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(CallReport))]
[JsonSerializable(typeof(LoadSummary))]
[JsonSerializable(typeof(ResolveReport))]
[JsonSerializable(typeof(DemoReport))]
[JsonSerializable(typeof(CertificateView))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(SearchReport))]
[JsonSerializable(typeof(PublishReport))]
[JsonSerializable(typeof(SimulationReport))]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(SpreadReport))]
[JsonSerializable(typeof(GetReport))]
[JsonSerializable(typeof(Results))]
[JsonSerializable(typeof(FailoverResults))]
internal sealed partial class Documents : JsonSerializerContext
{
    public static void Print<T>(T document, JsonTypeInfo<T> type) => Console.Out.WriteLine(JsonSerializer.Serialize(document, type));
}
