using System.Text;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Directories;

/// <summary><c>smart publish</c> and <c>smart search</c>, against real directories.</summary>
public sealed class PublishTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Publisher owner = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Task<DirectoryProcess> DirectoryAsync(string name) => DirectoryProcess.StartAsync(Path.Combine(folder.Path, name));

    string Key(Publisher publisher)
    {
        var file = folder.Write(publisher.Key + ".pem", publisher.Pem);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    string Draft(string title = "Quotes of the day", Func<ServiceCertificate, ServiceCertificate>? with = null)
    {
        var draft = Publisher.Draft("quotes") with { Title = title };
        var text = Encoding.UTF8.GetString(CertificateDocument.Write(with?.Invoke(draft) ?? draft));
        return folder.Write("quotes.json", text.Replace("\"serial\":1,", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_signs_tells_each_directory_and_raises_the_serial_by_itself()
    {
        await using var one = await DirectoryAsync("1");
        await using var two = await DirectoryAsync("2");
        var both = $"{one.Address},{two.Address}";

        var first = await Smart.RunAsync("publish", Draft(), "--key", Key(owner), "--directory", both);
        Assert.Equal((0, ""), (first.Exit, first.Errors));
        Assert.StartsWith($"service://quotes@{owner.Key} serial 1\n", first.Output, StringComparison.Ordinal);
        Assert.Equal(2, first.Output.Split("created").Length - 1);

        var second = (await Smart.RunAsync("publish", Draft("Quotes of the week"), "--key", Key(owner), "--directory", one.Address, "--directory", two.Address, "--json")).Json;
        Assert.Equal(("quotes", 2, 2, owner.Key), (second.GetProperty("name").GetString(), second.GetProperty("serial").GetInt64(), second.GetProperty("stored").GetInt32(), second.GetProperty("key").GetString()));
        Assert.Equal(["replaced", "replaced"], second.GetProperty("directories").EnumerateArray().Select(d => d.GetProperty("said").GetString()));
        Assert.Equal(await one.GetAsync("quotes"), await two.GetAsync("quotes"));

        var found = await Smart.RunAsync("search", "week", "--directory", both);
        Assert.Equal("name    title               serial\nquotes  Quotes of the week       2\n", found.Output);
        var result = (await Smart.RunAsync("search", "quotes", "of", "--limit", "1", "--json", "--directory", both)).Json.GetProperty("results")[0];
        Assert.Equal(("quotes", "Quotes of the week", 2), (result.GetProperty("name").GetString(), result.GetProperty("title").GetString(), result.GetProperty("serial").GetInt64()));
    }

    [Fact]
    public async Task Fields_that_it_does_not_know_are_published()
    {
        await using var directory = await DirectoryAsync("1");
        var draft = Draft();
        File.WriteAllText(draft, File.ReadAllText(draft).Replace("\"name\"", "\"later\":{\"x\":[1]},\"name\"", StringComparison.Ordinal));

        await Smart.RunAsync("publish", draft, "--key", Key(owner), "--directory", directory.Address);
        await Smart.RunAsync("publish", draft, "--key", Key(owner), "--directory", directory.Address);

        var published = SignedCertificate.Read((await directory.GetAsync("quotes"))!, "it");
        Assert.Equal(2, published.Certificate.Serial);
        Assert.Contains("\"later\":{\"x\":[1]}", Encoding.UTF8.GetString(published.Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_signed_is_published_as_it_is()
    {
        await using var directory = await DirectoryAsync("1");
        var certificate = owner.Sign("quotes", 7);
        var file = folder.Write("quotes.jws", Encoding.UTF8.GetString(certificate.Document.Span));

        var smart = await Smart.RunAsync("publish", file, "--directory", directory.Address);

        Assert.Equal(0, smart.Exit);
        Assert.Contains("only one directory holds quotes", smart.Problem, StringComparison.Ordinal);
        Assert.Equal(certificate.Document.ToArray(), await directory.GetAsync("quotes"));
    }

    [Fact]
    public async Task A_directory_that_is_down_is_told_of_and_the_other_one_is_enough()
    {
        await using var directory = await DirectoryAsync("1");
        var dead = $"http://127.0.0.1:{FreePort.Find()}";

        var smart = await Smart.RunAsync("publish", Draft(), "--key", Key(owner), "--directory", $"{directory.Address},{dead}");

        Assert.Equal(0, smart.Exit);
        Assert.Contains($"{new Uri(dead).Authority} did not take it: connection refused", smart.Errors, StringComparison.Ordinal);
        Assert.Contains("only one directory", smart.Errors, StringComparison.Ordinal);
        var search = await Smart.RunAsync("search", "quotes", "--directory", $"{dead},{directory.Address}");
        Assert.Contains("quotes", search.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_who_takes_it_is_a_failure()
    {
        var dead = $"http://127.0.0.1:{FreePort.Find()}";
        var signed = folder.Write("quotes.jws", Encoding.UTF8.GetString(owner.Sign("quotes").Document.Span));

        foreach (var command in (string[][])[["publish", Draft(), "--key", Key(owner)], ["publish", signed], ["search", "quotes"]])
        {
            var smart = await Smart.RunAsync([.. command, "--directory", dead]);
            Assert.Equal(1, smart.Exit);
            Assert.Contains("connection refused", smart.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Another_key_than_the_owners_is_told_before_anything_is_sent()
    {
        using var stranger = new Publisher();
        await using var directory = await DirectoryAsync("1");
        await directory.PutAsync(owner.Sign("quotes"));

        var smart = await Smart.RunAsync("publish", Draft(), "--key", Key(stranger), "--directory", directory.Address);

        Assert.Equal(2, smart.Exit);
        Assert.Contains(owner.Key, smart.Problem, StringComparison.Ordinal);
        Assert.Contains("nextKey", smart.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_named_next_goes_on_with_the_lineage()
    {
        using var successor = new Publisher();
        await using var directory = await DirectoryAsync("1");
        await Smart.RunAsync("publish", Draft(with: c => c with { NextKey = successor.Key }), "--key", Key(owner), "--directory", directory.Address);

        var smart = await Smart.RunAsync("publish", Draft(), "--key", Key(successor), "--directory", directory.Address);

        Assert.Equal(0, smart.Exit);
        var published = SignedCertificate.Read((await directory.GetAsync("quotes"))!, "it");
        Assert.Equal((successor.Key, 2), (published.Key, published.Certificate.Serial));
        Assert.Equal([owner.Key], published.Lineage.Select(one => one.Key));
    }

    [Fact]
    public async Task What_cannot_be_published_is_named()
    {
        var signed = folder.Write("quotes.jws", Encoding.UTF8.GetString(owner.Sign("quotes").Document.Span));
        using var stranger = new Publisher();
        foreach (var (arguments, expected) in ((string[], string)[])[
            ([Draft()], "is not signed: give the key with --key"),
            ([Draft(), "--key", "/no/such.pem"], "'/no/such.pem' does not exist"),
            ([Draft(), "--key", folder.Write("not.pem", "x")], "no private key"),
            ([signed, "--key", Key(stranger)], "is signed already"),
            ([folder.Write("list.json", "[]"), "--key", Key(owner)], "it must be a JSON object"),
            ([folder.Write("nameless.json", "{}"), "--key", Key(owner)], "has no \"name\"")])
        {
            var smart = await Smart.RunAsync(["publish", .. arguments, "--directory", "http://127.0.0.1:1"]);
            Assert.Contains(expected, smart.Problem, StringComparison.Ordinal);
            Assert.Equal(2, smart.Exit);
        }
    }

    [Fact]
    public async Task A_search_without_a_result_is_no_failure()
    {
        await using var directory = await DirectoryAsync("1");

        var smart = await Smart.RunAsync("search", "quotes", "--directory", directory.Address);

        Assert.Equal((0, "", "No service was found for 'quotes'.\n"), (smart.Exit, smart.Output, smart.Errors));
    }

    public void Dispose()
    {
        owner.Dispose();
        folder.Dispose();
    }
}
