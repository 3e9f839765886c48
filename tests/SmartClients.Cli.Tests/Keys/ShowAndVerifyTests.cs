using System.Text.Json.Nodes;
using Xunit;

namespace SmartClients.Cli.Tests.Keys;

public sealed class ShowAndVerifyTests : IDisposable
{
    readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_quick_way_from_nothing_to_a_certificate_that_is_believed()
    {
        var draft = desk.At("new.json");
        Assert.Equal(0, (await Smart.RunAsync("cert", "new", "now chat service", "--endpoint", "a:1", "--title", "Chät", "--keyword", "talk", "--source", "srv:_chat._tcp.b", "--out", draft)).Exit);
        Assert.Equal(0, (await Smart.RunAsync("cert", "sign", draft, "--key", desk.Key, "--out", desk.Signed)).Exit);

        var smart = await Smart.RunAsync("cert", "verify", desk.Signed, "--name", "now chat service", "--key", Desk.Thumbprint(desk.Key));

        Assert.Equal(0, smart.Exit);
        Assert.StartsWith("valid: service://now-chat, serial 1, until ", smart.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_is_shown_to_people()
    {
        var signed = await desk.SignAsync();

        var smart = await Smart.RunAsync("cert", "show", desk.Signed);

        Assert.Equal((0, ""), (smart.Exit, smart.Errors));
        var lines = smart.Output.Split('\n');
        Assert.Contains("name        service://quotes", lines);
        Assert.Contains("serial      1", lines);
        Assert.Contains("endpoints   10.0.0.1:8080", lines);
        Assert.Contains("key         " + signed.Key, lines);
    }

    [Fact]
    public async Task A_certificate_is_shown_as_a_document_with_what_is_not_known()
    {
        var signed = await desk.SignAsync();

        var json = (await Smart.RunAsync("cert", "show", desk.Signed, "--json")).Json;

        Assert.Equal(("quotes", 1, signed.Key, "fresh"),
            (json.GetProperty("name").GetString(), json.GetProperty("serial").GetInt32(), json.GetProperty("key").GetString(), json.GetProperty("freshness").GetString()));
        Assert.Empty(json.GetProperty("lineage").EnumerateArray());
        Assert.Equal("blue", json.GetProperty("certificate").GetProperty("colour").GetString());
    }

    [Fact]
    public async Task One_that_nobody_signed_is_shown_as_such()
    {
        var smart = await Smart.RunAsync("cert", "show", desk.Draft);
        Assert.Contains("key         nobody has signed it", smart.Output, StringComparison.Ordinal);
        Assert.Equal(0, smart.Exit);
    }

    [Fact]
    public async Task One_that_was_tampered_with_is_not_shown()
    {
        await desk.SignAsync();
        await TamperAsync();

        var smart = await Smart.RunAsync("cert", "show", desk.Signed);

        Assert.Contains("does not fit its signature", smart.Problem, StringComparison.Ordinal);
        Assert.Equal((1, ""), (smart.Exit, smart.Output));
    }

    [Fact]
    public async Task What_is_not_believed_is_told_with_its_reason()
    {
        var signed = await desk.SignAsync();
        var other = Desk.Thumbprint(desk.NewKey("other.pem"));
        await Refused("wrong_name", "of 'quotes', and service://payments was asked for", 1, "--name", "service://payments");
        await Refused("wrong_key", $"the name demands {other}", 1, "--key=" + other);
        await Refused("wrong_key", $"the name demands {other}", 1, "--name", $"service://quotes@{other}");

        File.Copy(desk.Signed, desk.At("old.jws"));
        await desk.SignAsync();
        File.Move(desk.Signed, desk.At("new.jws"));
        File.Move(desk.At("old.jws"), desk.Signed);
        await Refused("rolled_back", "has the serial 1, and 2 was seen before", 1, "--previous", desk.At("new.jws"));

        desk.Write("quotes.json", """{"name":"quotes","endpoints":["a:1"],"serial":3,"issued":"2020-01-01T00:00:00Z"}""");
        await desk.SignAsync();
        await Refused("expired", "ended at 2020-03-31T00:00:00Z", 3);

        desk.Write("quotes.json", """{"name":"quotes","endpoints":["a:1"],"serial":4,"issued":"2999-01-01T00:00:00Z"}""");
        await desk.SignAsync();
        await Refused("not_yet_valid", "one of the two clocks is wrong", 4);

        await TamperAsync();
        await Refused("bad_signature", "does not fit its signature", null);
    }

    [Fact]
    public async Task A_key_of_the_name_and_another_one_exclude_each_other()
    {
        var signed = await desk.SignAsync();
        var smart = await Smart.RunAsync("cert", "verify", desk.Signed, "--name", $"quotes@{signed.Key}", "--key=" + new string('A', 43));
        Assert.Contains("another key than that of --name", smart.Problem, StringComparison.Ordinal);
        Assert.Equal(2, smart.Exit);
    }

    [Fact]
    public async Task What_is_believed_is_told_as_a_document()
    {
        var signed = await desk.SignAsync();
        var json = (await Smart.RunAsync("cert", "verify", desk.Signed, "--json")).Json;
        Assert.True(json.GetProperty("valid").GetBoolean());
        Assert.Equal((null, signed.Key, "fresh"), (json.GetProperty("fault").GetString(), json.GetProperty("key").GetString(), json.GetProperty("freshness").GetString()));
    }

    async Task Refused(string fault, string why, int? serial, params string[] more)
    {
        var text = await Smart.RunAsync(["cert", "verify", desk.Signed, .. more]);
        Assert.Contains(why, text.Problem, StringComparison.Ordinal);
        Assert.Equal((1, ""), (text.Exit, text.Output));

        var smart = await Smart.RunAsync(["cert", "verify", desk.Signed, "--json", .. more]);
        Assert.Equal((1, false, fault), (smart.Exit, smart.Json.GetProperty("valid").GetBoolean(), smart.Json.GetProperty("fault").GetString()));
        Assert.Contains(why, smart.Json.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(serial, smart.Json.GetProperty("serial").ValueKind == System.Text.Json.JsonValueKind.Null ? null : smart.Json.GetProperty("serial").GetInt32());
    }

    async Task TamperAsync()
    {
        var envelope = JsonNode.Parse(await File.ReadAllTextAsync(desk.Signed, Cancel))!;
        var payload = envelope["payload"]!.GetValue<string>();
        envelope["payload"] = payload[..20] + (payload[20] == 'A' ? 'B' : 'A') + payload[21..];
        await File.WriteAllTextAsync(desk.Signed, envelope.ToJsonString(), Cancel);
    }
}
