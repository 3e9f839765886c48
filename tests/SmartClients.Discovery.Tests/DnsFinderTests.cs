using SmartClients.Discovery.Asking;
using SmartClients.Discovery.Tests.Support;
using SmartClients.Http.Documents;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;

namespace SmartClients.Discovery.Tests;

/// <summary>Certificates on a real web server, named by a real DNS server.</summary>
public sealed class DnsFinderTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    static string Certificate(SigningKey key) => System.Text.Encoding.UTF8.GetString(key.Sign(new ServiceCertificate
    {
        Name = "quotes.test",
        Serial = 1,
        Issued = Now,
        Expires = Now.AddDays(1),
        Endpoints = [new Endpoint("127.0.0.1", 80)],
    }));

    static async Task<(Nginx Web, DnsFinder Finder, Dnsmasq Dns)> ServersAsync(Func<Nginx, string> text)
    {
        var web = await Nginx.StartAsync(Cancel);
        var dns = await Dnsmasq.StartAsync(Cancel, $"--txt-record=_smart-service.quotes.test,{text(web)}", "--txt-record=_smart-service.quotes.test,v=spf1 -all");
        return (web, new DnsFinder(new WebFinder(new HttpClient()), dns.Options), dns);
    }

    [Fact]
    public async Task A_text_record_leads_to_the_certificate()
    {
        using var key = SigningKey.Create();
        var (web, finder, dns) = await ServersAsync(web => $"v=smart1; certificate=http://{web.Address}/quotes.jws; key={key.Thumbprint}");
        await using (web)
        await using (dns)
        {
            Assert.Empty(await finder.FindAsync(ServiceName.Parse("service://quotes.test"), TimeProvider.System, Cancel));
            web.Serve("quotes.jws", Certificate(key));
            var found = Assert.Single(await finder.FindAsync(ServiceName.Parse("service://quotes.test"), TimeProvider.System, Cancel));
            Assert.Equal($"DNS _smart-service.quotes.test, http://{web.Address}/quotes.jws", found.Origin);
            Assert.Equal(key.Thumbprint, SignedCertificate.Read(found.Document, found.Origin).Key);
            Assert.Empty(await finder.FindAsync(ServiceName.Parse("service://other.test"), TimeProvider.System, Cancel));
            Assert.Empty(await finder.FindAsync(ServiceName.Parse("service://quotes"), TimeProvider.System, Cancel));
        }
    }

    [Fact]
    public async Task A_certificate_by_another_key_than_DNS_names_is_not_handed_on()
    {
        using var key = SigningKey.Create();
        using var thief = SigningKey.Create();
        var (web, finder, dns) = await ServersAsync(web => $"v=smart1; certificate=http://{web.Address}/quotes.jws; key={key.Thumbprint}");
        await using (web)
        await using (dns)
        {
            web.Serve("quotes.jws", Certificate(thief));
            var error = await Assert.ThrowsAsync<IOException>(async () => await finder.FindAsync(ServiceName.Parse("service://quotes.test"), TimeProvider.System, Cancel));
            Assert.Contains(thief.Thumbprint, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_DNS_server_that_is_gone_is_told()
    {
        var dns = await Dnsmasq.StartAsync(Cancel);
        var finder = new DnsFinder(new WebFinder(new HttpClient()), dns.Options);
        await dns.DisposeAsync();
        await Assert.ThrowsAsync<IOException>(async () => await finder.FindAsync(ServiceName.Parse("service://quotes.test"), TimeProvider.System, Cancel));
    }

    [Theory]
    [InlineData("v=smart1", "has no certificate=")]
    [InlineData("v=smart1; certificate=ftp://a/b.jws", "certificate=ftp")]
    [InlineData("v=smart1; certificate=http://a/b.jws", "begins with http and no key=")]
    [InlineData("v=smart1; certificate=https://a/b.jws; key=short", "thumbprint")]
    [InlineData("v=smart1; certificate=https://a/b.jws/more", "certificate=https")]
    public void A_record_that_cannot_be_used_says_why(string text, string why)
    {
        var error = Assert.Throws<FormatException>(() => CertificateText.Parse(text, "_smart-service.a.test"));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=spf1 include:example.org")]
    [InlineData("")]
    [InlineData("certificate=https://a/b.jws; v=smart1")]
    [InlineData("v=smart2; certificate=https://a/b.jws")]
    public void A_record_of_something_else_is_passed_over(string text) => Assert.Null(CertificateText.Parse(text, "x"));

    [Fact]
    public void Unknown_fields_are_ignored()
    {
        var read = CertificateText.Parse("v=smart1;colour=red;  certificate=https://a/b.jws;", "x");
        Assert.Equal(("https://a/b.jws", null), (read!.Address.ToString(), read.Key));
    }
}
