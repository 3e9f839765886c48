using System.Text;
using SmartClients.Transfer.Metalinks;
using Xunit;

namespace SmartClients.Transfer.Tests.Metalinks;

public class MetalinkTests
{
    static readonly string A = new('a', 64);
    static readonly string B = new('b', 64);

    static Metalink Read(string files) => Metalink.Parse(Encoding.UTF8.GetBytes($"<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">{files}</metalink>"), "x.meta4");

    static string Problem(string files) => Assert.Throws<FormatException>(() => Read(files)).Message;

    [Fact]
    public void A_file_with_its_hashes_and_addresses()
    {
        var file = Assert.Single(Read($"""
            <file name="pub/big.iso">
              <size>5</size><hash type="md5">00</hash><hash type="sha-1">{A[..40]}</hash><hash type="sha-256">{A}</hash>
              <pieces length="3" type="sha-256"><hash>{A}</hash><hash>{B}</hash></pieces>
              <url location="de" priority="1">http://a/big.iso</url><url>ftp://b/big.iso</url>
            </file>
            """).Files);

        Assert.Equal(("pub/big.iso", 5), (file.Name, file.Sums.Size));
        Assert.Equal(A, file.Sums.Whole!.ToString());
        Assert.Equal(3, file.Sums.Stretches!.Length);
        Assert.Equal([A, B], file.Sums.Stretches.Hashes.Select(hash => hash.ToString()));
        Assert.Equal([("http://a/big.iso", 1), ("ftp://b/big.iso", 999_999)], file.Addresses.Select(address => (address.Url, address.Priority)));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../x")]
    [InlineData("a\\b")]
    [InlineData("C:x")]
    [InlineData("a//b")]
    [InlineData(".")]
    public void No_name_leads_out_of_the_folder(string name) =>
        Assert.Contains("leads outside the folder", Problem($"<file name=\"{name}\"/>"), StringComparison.Ordinal);

    [Fact]
    public void A_document_type_is_not_read()
    {
        var bomb = "<!DOCTYPE m [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><metalink xmlns=\"urn:ietf:params:xml:ns:metalink\"><file name=\"&b;\"/></metalink>";

        var error = Assert.Throws<FormatException>(() => Metalink.Parse(Encoding.UTF8.GetBytes(bomb), "x.meta4"));

        Assert.Contains("x.meta4 is not XML that is read here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_is_bounded() =>
        Assert.Contains("nested too deeply", Problem(string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000))), StringComparison.Ordinal);

    [Fact]
    public void What_is_wrong_is_said()
    {
        Assert.Equal("x.meta4 names no file.", Problem(""));
        Assert.Contains("file 'a': '-1' is not a size", Problem("<file name=\"a\"><size>-1</size></file>"), StringComparison.Ordinal);
        Assert.Contains("is not a sha-256", Problem("<file name=\"a\"><hash type=\"sha-256\">12</hash></file>"), StringComparison.Ordinal);
        Assert.Contains("pieces have no length", Problem("<file name=\"a\"><pieces type=\"sha-256\"/></file>"), StringComparison.Ordinal);
        Assert.Contains("'0' is not a priority", Problem("<file name=\"a\"><url priority=\"0\">http://a/</url></file>"), StringComparison.Ordinal);
        Assert.Contains("a file twice", Problem("<file name=\"a\"/><file name=\"a\"/>"), StringComparison.Ordinal);
        Assert.Contains("its root is 'html'", Assert.Throws<FormatException>(() => Metalink.Parse("<html/>"u8.ToArray(), "x.meta4")).Message, StringComparison.Ordinal);
    }
}
