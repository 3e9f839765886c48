using System.Text.Json.Serialization;
using SmartClients.Bench.Load;
using SmartClients.Simulation.Scripts;

namespace SmartClients.Bench.Processes;

/// <summary>What processes of a bench tell each other, a line at a time.</summary>
[JsonSerializable(typeof(Condition))]
[JsonSerializable(typeof(LoadPlan))]
[JsonSerializable(typeof(LoadResult))]
internal sealed partial class Wire : JsonSerializerContext;
