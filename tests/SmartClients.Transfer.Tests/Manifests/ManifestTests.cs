using System.Text;
using SmartClients.Transfer.Manifests;
using Xunit;

namespace SmartClients.Transfer.Tests.Manifests;

public class ManifestTests
{
    static readonly string A = new('a', 64);
    static readonly string B = new('b', 64);

    static Manifest Read(string text) => Manifest.Parse(Encoding.UTF8.GetBytes(text), "sums");

    [Fact]
    public void In_JSON()
    {
        var sums = Read($$$"""{"version":1,"files":[{"name":"a.iso","size":7,"sha256":"{{{A}}}","pieces":{"length":4,"sha256":["{{{A}}}","{{{B}}}"]}}]}""").Find("/pub/a.iso")!;

        Assert.Equal((7, A), (sums.Size, sums.Whole!.ToString()));
        Assert.Equal(4, sums.Stretches!.Length);
        Assert.Equal([A, B], sums.Stretches.Hashes.Select(hash => hash.ToString()));
    }

    [Fact]
    public void As_sha256sum_writes()
    {
        var manifest = Read($"{A}  a.iso\n{B} *./sub/b c.iso\r\n\n");

        Assert.Equal(A, manifest.Find("/pub/a.iso")!.Whole!.ToString());
        Assert.Equal(B, manifest.Find("/pub/sub/b c.iso")!.Whole!.ToString());
        Assert.Null(manifest.Find("/pub/c.iso"));
    }

    [Fact]
    public void As_Metalink()
    {
        var manifest = Read($"<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\"><file name=\"a.iso\"><hash type=\"sha-256\">{A}</hash></file></metalink>");

        Assert.Equal(A, manifest.Find("whatever")!.Whole!.ToString());
    }

    [Theory]
    [InlineData("", "sums names no file.")]
    [InlineData("hello", "sums, line 1: write 64 hexadecimal digits, two spaces and a name, as sha256sum does.")]
    [InlineData("{}", "sums has not \"version\": 1.")]
    [InlineData("{\"version\":1}", "sums has no \"files\" array.")]
    [InlineData("{\"version\":1,\"files\":[{}]}", "sums, file 1: it has no \"name\"")]
    [InlineData("{\"version\":1,\"files\":[{\"name\":\"a\",\"size\":-1}]}", "sums, file 1: \"size\" is not a number of bytes")]
    [InlineData("{\"version\":1,\"files\":[{\"name\":\"a\",\"pieces\":{\"length\":0}}]}", "sums, file 1: \"pieces\" has no \"length\" from 1 to 67108864")]
    [InlineData("{\"version\":1", "sums is not JSON: line 1, byte 12.")]
    public void What_is_wrong_is_said(string text, string problem) => Assert.Equal(problem, Assert.Throws<FormatException>(() => Read(text)).Message);
}
