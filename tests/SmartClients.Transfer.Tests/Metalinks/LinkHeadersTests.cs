using SmartClients.Transfer.Metalinks;
using SmartClients.Transfer.Protocols;
using Xunit;

namespace SmartClients.Transfer.Tests.Metalinks;

public class LinkHeadersTests
{
    [Fact]
    public void Duplicates_and_a_description()
    {
        var facts = new FileFacts
        {
            Links =
            [
                "<http://a/f>; rel=duplicate; pri=2; geo=de, <ftp://b/f>; rel=\"duplicate\"",
                "<http://a/f.meta4>; rel=describedby; type=\"application/metalink4+xml\", <http://a/f.asc>; rel=describedby; type=\"application/pgp-signature\"",
            ],
        };

        Assert.Equal([("http://a/f", 2), ("ftp://b/f", 999_999)], LinkHeaders.Duplicates(facts).Select(one => (one.Url, one.Priority)));
        Assert.Equal("http://a/f.meta4", LinkHeaders.Description(facts));
    }

    [Theory]
    [InlineData("SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("md5=abc, sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")]
    public void A_digest_in_the_old_form_and_the_new(string field) =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", LinkHeaders.Digest(new FileFacts { Digests = [field] })!.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("<http://a")]
    [InlineData("http://a; rel=duplicate")]
    [InlineData("<>; rel=duplicate")]
    [InlineData("<a>; rel=\"duplicat")]
    public void What_cannot_be_read_is_passed_over(string field)
    {
        var facts = new FileFacts { Links = [field], Digests = [field, "sha-256=short"] };

        Assert.Empty(LinkHeaders.Duplicates(facts));
        Assert.Null(LinkHeaders.Digest(facts));
    }
}
