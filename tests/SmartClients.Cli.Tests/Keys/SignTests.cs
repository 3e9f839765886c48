using System.Text;
using System.Text.Json;
using SmartClients.Naming.Certificates;
using Xunit;

namespace SmartClients.Cli.Tests.Keys;

public sealed class SignTests : IDisposable
{
    readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_left_out_is_filled_in_and_what_is_not_known_is_kept()
    {
        var signed = await desk.SignAsync();

        Assert.Equal((Desk.Thumbprint(desk.Key), 1L), (signed.Key, signed.Certificate.Serial));
        Assert.Equal(TimeSpan.FromDays(90), signed.Certificate.Expires - signed.Certificate.Issued);
        Assert.Equal(Freshness.Fresh, Trust.FreshnessOf(signed.Certificate, TimeProvider.System.GetUtcNow()));
        Assert.Equal("blue", JsonDocument.Parse(signed.Payload).RootElement.GetProperty("colour").GetString());
    }

    [Fact]
    public async Task What_stands_there_is_signed_as_it_is()
    {
        desk.Write("quotes.json", """{"version":1,"name":"quotes","endpoints":["a:1"],"serial":41,"issued":"2026-01-01T00:00:00Z"}""");
        var signed = await desk.SignAsync();
        Assert.Equal((41, "2026-04-01"), (signed.Certificate.Serial, $"{signed.Certificate.Expires:yyyy-MM-dd}"));
    }

    [Theory]
    [InlineData("""{"name":"\ud800","endpoints":["a:1"]}""")]
    [InlineData("""{"name":"quotes","endpoints":["a:1"],"colour":"\ud800"}""")]
    [InlineData("""{"name":"quotes","endpoints":["a:1"],"issued":"\ud800"}""")]
    [InlineData("""{"name":"quotes","endpoints":["a:1"],"\ud800":1}""")]
    public async Task A_draft_with_half_of_a_surrogate_pair_is_one_clear_line(string draft)
    {
        desk.Write("quotes.json", draft);
        await RefusedAsync("cert", "sign", desk.Draft, "--key", desk.Key);
        await RefusedAsync("cert", "show", desk.Draft);
    }

    [Theory]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"payload":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    public async Task What_can_be_nobodys_certificate_is_refused_before_any_directory_is_asked(string draft)
    {
        desk.Write("quotes.json", draft);
        await RefusedAsync("publish", desk.Draft, "--key", desk.Key, "--directory", "http://127.0.0.1:1");
    }

    static async Task RefusedAsync(params string[] command)
    {
        var smart = await Smart.RunAsync(command);
        Assert.Equal(2, smart.Exit);
        Assert.Contains("is not JSON that can be believed", Assert.Single(smart.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signed_again_into_the_same_file_the_serial_rises()
    {
        await desk.SignAsync();
        await desk.SignAsync();
        Assert.Equal(3, (await desk.SignAsync()).Certificate.Serial);
        Assert.Equal(3, Directory.GetFiles(Path.GetDirectoryName(desk.Signed)!).Length);
    }

    [Fact]
    public async Task A_key_hands_over_to_the_next()
    {
        var next = desk.NewKey("next.pem");
        desk.Write("quotes.json", $$"""{"name":"quotes","endpoints":["a:1"],"nextKey":"{{Desk.Thumbprint(next)}}"}""");
        var first = await desk.SignAsync();

        var smart = await Smart.RunAsync("cert", "sign", desk.Draft, "--key", next, "--previous", desk.Signed, "--out", desk.At("new.jws"));

        Assert.Equal(0, smart.Exit);
        var second = Desk.Read(desk.At("new.jws"));
        Assert.Equal((Desk.Thumbprint(next), 2L, first.Key), (second.Key, second.Certificate.Serial, Assert.Single(second.Lineage).Key));
    }

    [Fact]
    public async Task A_key_that_was_not_named_next_signs_nothing_and_spoils_nothing()
    {
        await desk.SignAsync();
        var before = await File.ReadAllBytesAsync(desk.Signed, Cancel);

        var smart = await Smart.RunAsync("cert", "sign", desk.Draft, "--key", desk.NewKey("other.pem"), "--out", desk.Signed);

        Assert.Contains("Publish one more with the old key", smart.Problem, StringComparison.Ordinal);
        Assert.Equal((1, ""), (smart.Exit, smart.Output));
        Assert.Equal(before, await File.ReadAllBytesAsync(desk.Signed, Cancel));
    }

    [Fact]
    public async Task Without_a_file_the_document_comes_out()
    {
        var smart = await Smart.RunAsync("cert", "sign", desk.Draft, "--key", desk.Key);

        var signed = SignedCertificate.Read(Encoding.UTF8.GetBytes(smart.Output), "output");
        Assert.Equal((0, 1L), (smart.Exit, signed.Certificate.Serial));
        Assert.Contains("service://quotes, serial 1, until ", smart.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_others_may_read_is_told_of()
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(desk.Key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var smart = await Smart.RunAsync("cert", "sign", desk.Draft, "--key", desk.Key);
        Assert.Contains($"Others may read the key {desk.Key}: chmod 600", smart.Errors, StringComparison.Ordinal);
        Assert.Equal(0, smart.Exit);
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("{}", "\"name\" is missing")]
    [InlineData("""{"name":"quotes"}""", "names no member")]
    [InlineData("""{"name":"quotes","name":"other"}""", "name")]
    [InlineData("""{"name":"quotes","endpoints":["a"]}""", "\"endpoints[0]\" is no endpoint")]
    [InlineData("""{"name":"quotes","endpoints":["a:1"],"serial":"x"}""", "\"serial\" is not a whole number")]
    [InlineData("""{"name":"quotes","endpoints":["a:1"],"issued":"x"}""", "\"issued\" is 'x', not a time")]
    [InlineData("""{"name":"quotes","endpoints":["a:1"],"issued":"9999-12-01T00:00:00Z","title":7}""", "\"title\" is not a string")]
    public async Task A_draft_that_is_wrong_is_named_with_its_fault(string text, string why)
    {
        var draft = desk.Write("wrong.json", text);

        var smart = await Smart.RunAsync("cert", "sign", draft, "--key", desk.Key, "--out", desk.Signed);

        Assert.Contains(why, smart.Problem, StringComparison.Ordinal);
        Assert.Contains(draft, smart.Problem, StringComparison.Ordinal);
        Assert.Equal((2, ""), (smart.Exit, smart.Output));
        Assert.False(File.Exists(desk.Signed));
    }

    [Theory]
    [InlineData("cert|sign|/no/such.json|--key|/no/such.pem", "'/no/such.json' does not exist")]
    [InlineData("cert|sign|DRAFT|--key|/no/such.pem", "'/no/such.pem' does not exist")]
    [InlineData("cert|sign|DRAFT|--key|DRAFT", "holds no private key")]
    [InlineData("cert|sign|DRAFT|--key|KEY|--previous|DRAFT", "nobody has signed")]
    [InlineData("cert|sign|DRAFT|--key|KEY|--previous|/no/such.jws", "'/no/such.jws' does not exist")]
    [InlineData("cert|sign|DRAFT|--key|KEY|--out|/no/such/folder/x.jws", "of --out cannot be written")]
    [InlineData("cert|sign|DRAFT", "--key")]
    [InlineData("cert|sign|/dev/zero|--key|KEY", "larger than 65,536 bytes")]
    [InlineData("cert|new|a_b|--endpoint|a:1", "not a service's name")]
    [InlineData("cert|new|list:a:1|--endpoint|a:1", "'list:a:1' is not a service's name")]
    [InlineData("cert|new|quotes", "write --endpoint host:port, or --source")]
    [InlineData("cert|new|quotes|--endpoint|a", "'a' has no port")]
    [InlineData("cert|new|quotes|--endpoint|a:1|--out|DRAFT", "is there already")]
    [InlineData("cert|show|/no/such.jws", "'/no/such.jws' does not exist")]
    [InlineData("cert|verify|DRAFT", "nobody has signed")]
    [InlineData("cert|verify|KEY", "is not JSON")]
    [InlineData("cert|verify|DRAFT|--name|service://a b_c", "not a service's name")]
    [InlineData("cert|verify|DRAFT|--name|quotes/today", "write the name alone")]
    [InlineData("cert", "command")]
    public async Task Bad_input_gets_one_line_that_names_it_and_exit_code_2(string arguments, string why)
    {
        var smart = await Smart.RunAsync(arguments.Split('|').Select(a => a == "DRAFT" ? desk.Draft : a == "KEY" ? desk.Key : a));

        Assert.Contains(why, smart.Problem, StringComparison.Ordinal);
        Assert.StartsWith("smart: ", smart.Problem, StringComparison.Ordinal);
        Assert.Equal((2, ""), (smart.Exit, smart.Output));
    }
}
