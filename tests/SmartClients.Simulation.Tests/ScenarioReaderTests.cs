using System.Text;

namespace SmartClients.Simulation.Tests;

public class ScenarioReaderTests
{
    const string Rest = """ "replicas": [{ "count": 2 }], "load": { "utilization": 0.5 } """;

    static Scenario Parse(string text) => ScenarioReader.Parse(Encoding.UTF8.GetBytes(text));

    public static TheoryData<string> Shipped => [.. ScenarioReader.Shipped];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_scenario_can_be_read_and_is_named_as_its_file(string name)
    {
        var scenario = ScenarioReader.Find(name);
        Assert.Equal(name, scenario.Name);
        Assert.NotEmpty(scenario.Description);
    }

    [Fact]
    public void At_least_ten_are_shipped() => Assert.True(ScenarioReader.Shipped.Count >= 10);

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var scenario = Parse($$"""{ "name": "x", {{Rest}} }""");
        Assert.Equal(1_000_000, scenario.Requests);
        Assert.Equal(10, scenario.WarmUpS);
        Assert.Equal(1, scenario.Replicas[0].Cores);
        Assert.Equal(0.25, scenario.Network.OneWayMs);
        Assert.True(scenario.Clients.Ejection);
    }

    [Theory]
    [InlineData("{", "It is not JSON")]
    [InlineData("[]", "The document is not an object")]
    [InlineData("""{ "replicas": [] }""", "name is missing")]
    [InlineData("""{ "name": "x" }""", "load is missing")]
    [InlineData("""{ "name": "x", "load": { "utilization": 0.5 } }""", "replicas is missing")]
    [InlineData("""{ "name": "x", "replicas": [{ "cores": 0 }], "load": { "utilization": 0.5 } }""", "replicas[0].cores is 0: it must be a whole number from 1 to 1024.")]
    [InlineData("""{ "name": "x", "replicas": [{ "kores": 1 }], "load": { "utilization": 0.5 } }""", "replicas[0].kores is not known here")]
    [InlineData("""{ "name": "x", "replicas": [{}], "load": { "utilization": 0.5, "per_second": 3 } }""", "load: write either utilization or per_second")]
    [InlineData("""{ "name": "x", "replicas": [{}], "load": { "utilization": 1.5 } }""", "deadline_ms is missing")]
    [InlineData("""{ "name": "x", "replicas": [{ "count": 10000 }], "clients": { "count": 100000 }, "load": { "utilization": 0.5 } }""", "replicas times clients is above 20000000")]
    [InlineData("""{ "name": "../x", "replicas": [{}], "load": { "utilization": 0.5 } }""", "name is \"../x\": it must be of letters, digits")]
    [InlineData("""{ "name": "a\u001b[2J", "replicas": [{}], "load": { "utilization": 0.5 } }""", "name is \"a\\u001b[2J\": it must be a text of at most 64 characters, none of them a control")]
    [InlineData("""{ "name": "\ud800", "replicas": [{}], "load": { "utilization": 0.5 } }""", "A text in it is no text")]
    [InlineData("""{ "name": "x", "replicas": [{}], "load": { "utilization": 0.5 }, "work": { "law": "weird" } }""", "work.law is \"weird\": it must be one of exponential, constant, normal, hyper-exponential, pareto")]
    [InlineData("""{ "name": "x", "replicas": [{}], "load": { "utilization": 0.5 }, "profiles": [{}] }""", "profiles[0].kind is missing")]
    [InlineData("""{ "name": "x", "replicas": [{}], "load": { "utilization": 0.5 }, "profiles": [{ "kind": "slow" }] }""", "profiles[0].factor is missing")]
    [InlineData("""{ "name": "x", "replicas": [{}], "load": { "utilization": 0.5 }, "profiles": [{ "kind": "slow", "factor": 0.5, "replicas": "some" }] }""", "profiles[0]: replicas is \"some\"")]
    [InlineData("""{ "name": "x", "replicas": [{}], "load": { "utilization": 0.5 }, "profiles": [{ "kind": "slow", "factor": 0.5, "from_s": 5, "until_s": 4 }] }""", "until_s must be after from_s")]
    public void What_is_wrong_is_told_in_one_line_with_its_place(string text, string message)
    {
        var error = Assert.Throws<FormatException>(() => Parse(text));
        Assert.StartsWith(message, error.Message.Replace("profiles[0]: until_s", "until_s", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_name_that_nobody_has_is_told_with_those_there_are() =>
        Assert.Contains("s1-homogeneous", Assert.Throws<ArgumentException>(() => ScenarioReader.Find("nobody")).Message, StringComparison.Ordinal);
}
