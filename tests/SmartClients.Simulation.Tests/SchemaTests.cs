using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmartClients.Simulation.Tests;

/// <summary>The published schema says what the reader does.</summary>
public class SchemaTests
{
    static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Root(), "docs/schemas/scenario.schema.json")))!;

    static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "SmartClients.slnx"))) at = Path.GetDirectoryName(at)!;
        return at;
    }

    static JsonNode Definition(string name) => Schema["$defs"]![name]!;

    static JsonObject Smallest() => new()
    {
        ["name"] = "x",
        ["replicas"] = new JsonArray(new JsonObject()),
        ["load"] = new JsonObject { ["utilization"] = 0.5 },
        ["deadline_ms"] = 1000,
    };

    // A document whose part has every required field, and one that nobody knows.
    static JsonObject With(string definition, Action<JsonObject> spoil)
    {
        var document = Smallest();
        var part = new JsonObject();
        switch (definition)
        {
            case "group": document["replicas"] = new JsonArray(part); break;
            case "clients" or "work" or "network" or "help": document[definition] = part; break;
            case "load":
                part["utilization"] = 0.5;
                document["load"] = part;
                break;
            default:
                foreach (var required in Definition(definition)["required"]!.AsArray())
                    part[required!.ToString()] = required.ToString() == "kind" ? definition : 0.5;
                document["profiles"] = new JsonArray(part);
                break;
        }
        spoil(part);
        return document;
    }

    static string Problem(JsonNode document) =>
        Assert.Throws<FormatException>(() => ScenarioReader.Parse(Encoding.UTF8.GetBytes(document.ToJsonString()))).Message;

    public static TheoryData<string> Definitions => [.. Schema["$defs"]!.AsObject().Select(d => d.Key)];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void It_names_the_fields_that_the_reader_knows(string definition)
    {
        var known = Problem(With(definition, part => part["nonsense"] = 1)).Split("known are ")[1].TrimEnd('.').Split(", ");
        Assert.Equal(Definition(definition)["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal), known);
    }

    [Fact]
    public void It_names_the_fields_of_the_document_too()
    {
        var document = Smallest();
        document["nonsense"] = 1;
        Assert.Equal(Schema["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal), Problem(document).Split("known are ")[1].TrimEnd('.').Split(", "));
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Its_bounds_are_the_readers(string definition)
    {
        foreach (var (name, property) in Definition(definition)["properties"]!.AsObject())
        {
            if (property!["maximum"] is not { } most || property["minimum"] is not { } least) continue;
            foreach (var (bound, beyond) in new[] { (most, most.GetValue<double>() * 2 + 1), (least, least.GetValue<double>() - 1) })
                Assert.Contains($"{name} is ", Problem(With(definition, part =>
                {
                    if (definition == "load") part.Remove("utilization");
                    part[name] = beyond;
                })), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Its_defaults_can_be_read(string definition)
    {
        var document = With(definition, part =>
        {
            foreach (var (name, property) in Definition(definition)["properties"]!.AsObject())
                if (property!["default"] is { } given) part[name] = given.DeepClone();
        });
        Assert.NotNull(ScenarioReader.Parse(JsonSerializer.SerializeToUtf8Bytes(document)));
    }
}
