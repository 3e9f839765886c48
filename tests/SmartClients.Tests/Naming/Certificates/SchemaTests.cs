using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using SmartClients.Naming.Certificates;

namespace SmartClients.Tests.Naming.Certificates;

/// <summary>The published schema and the reader say the same.</summary>
public class SchemaTests
{
    static readonly string Folder = Path.Combine(Root(), "docs/schemas");
    static readonly byte[] Example = File.ReadAllBytes(Path.Combine(Folder, "service-certificate.example.json"));
    static readonly Schema Schema = new(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "service-certificate.schema.json"))).RootElement);

    static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "SmartClients.slnx"))) at = Path.GetDirectoryName(at)!;
        return at;
    }

    static bool SchemaAccepts(byte[] json) => Schema.Accepts(JsonDocument.Parse(json).RootElement);

    /// <summary>The fields of a document; what is in <c>metadata</c> is nobody's field.</summary>
    static IEnumerable<string> Fields(JsonNode? node, string at = "") => node switch
    {
        JsonObject all when !at.EndsWith("metadata.", StringComparison.Ordinal) =>
            all.SelectMany(field => Fields(field.Value, at + field.Key + (field.Value is JsonArray ? "" : ".")).Prepend(at + field.Key)),
        JsonArray items => items.SelectMany(item => Fields(item, at + "[].")),
        _ => [],
    };

    [Fact]
    public void The_example_is_accepted_by_both_and_shows_every_field()
    {
        var read = CertificateDocument.Parse(Example, "example");

        Assert.True(SchemaAccepts(Example));
        Assert.Equal("quotes", read.Name);
        Assert.Equal(Schema.Fields().Distinct().Order(), Fields(JsonNode.Parse(Example)).Distinct().Order());
    }

    [Fact]
    public void What_the_writer_writes_is_in_the_schema_and_nothing_else_is()
    {
        var written = CertificateDocument.Write(CertificateDocument.Parse(Example, "example"));
        Assert.True(SchemaAccepts(written));
        Assert.Equal(Schema.Fields().Distinct().Order(), Fields(JsonNode.Parse(written)).Distinct().Order());
    }

    [Fact]
    public void Every_field_of_the_schema_is_read()
    {
        foreach (var path in Schema.Fields().Distinct())
        {
            var steps = path.Replace("[]", "", StringComparison.Ordinal).Split('.');
            var json = JsonNode.Parse(Example)!.AsObject();
            JsonNode at = json;
            // The second endpoint of the example is the one that is an object.
            foreach (var step in steps[..^1]) at = at[step] is JsonArray items ? items[1]! : at[step]!;
            at[steps[^1]] = new JsonArray(new JsonArray());
            var error = Assert.Throws<CertificateException>(() => CertificateDocument.Parse(Sample.Bytes(json), "example"));
            Assert.Contains(steps[^1], error.Message, StringComparison.Ordinal);
            Assert.False(SchemaAccepts(Sample.Bytes(json)), path);
        }
    }

    [Fact]
    public void What_the_reader_accepts_the_schema_accepts()
    {
        string[] values =
        [
            "null", "true", "0", "1", "-1", "1.5", "1e2", "9007199254740991", "1e400", "\"\"", "\"a\"", "\"a-.b\"", "\"a--b\"", "\"x.y\"", "\"a:1\"", "\"[::1]:80\"", "\"list:a:1\"",
            "\"members:/x\"", "\"file:x\"", "\"refuse\"", "{\"use\":\"P1W2DT3H4M5.6S\"}", "\"P1DT\"", "\"PT1S\"", "\"2026-01-01T00:00:00Z\"", "\"2030-06-01T00:00:00.5+02:00\"", "[]", "[\"a:1\"]",
            "[\"a:1\",{\"address\":\"b:2\"}]", "[\"members:/x\"]", "[\"srv:_a._tcp.b\",\"dns:a:1\"]", "{}", "{\"address\":\"b:2\",\"zone\":null}", "\"https://a/\"", "\"ssh+x\"", "\"" + new string('A', 43) + "\"",
        ];
        var fields = Schema.Fields().Distinct().Where(path => !path.Contains('[', StringComparison.Ordinal)).ToArray();
        Gen.Select(Gen.Int[0, fields.Length - 1], Gen.Int[-1, values.Length - 1]).Array[1, 3].Sample(changes =>
        {
            var json = JsonNode.Parse(Example)!.AsObject();
            foreach (var (field, value) in changes)
            {
                var steps = fields[field].Split('.');
                JsonNode? at = json;
                foreach (var step in steps[..^1]) at = (at as JsonObject)?[step];
                if (at is not JsonObject parent) continue;
                if (value < 0) parent.Remove(steps[^1]);
                else parent[steps[^1]] = JsonNode.Parse(values[value]);
            }
            var bytes = Sample.Bytes(json);
            try
            {
                CertificateDocument.Parse(bytes, "x");
            }
            catch (CertificateException)
            {
                return true;
            }
            return SchemaAccepts(bytes);
        }, iter: 3000);
    }
}
