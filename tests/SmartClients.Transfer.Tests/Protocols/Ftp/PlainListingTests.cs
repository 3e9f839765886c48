using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Ftp;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Ftp;

public class PlainListingTests
{
    [Theory]
    [InlineData("-rw-r--r--    1 0        0            4711 Nov 24 07:15 a name", "a name", false, 4711)]
    [InlineData("-rw-r--r--+ 1 me users 5 Jan  1  2024  starts with a blank", " starts with a blank", false, 5)]
    [InlineData("drwxr-xr-x    2 ftp      ftp          4096 Jan 01  2024 below", "below", true, null)]
    [InlineData("-rw-r--r-- 1 owner 4711 24 Nov 07:15 a name", "a name", false, 4711)]
    [InlineData("11-24-26  07:15AM       <DIR>          below", "below", true, null)]
    [InlineData("11-24-2026  07:15                 4711 a name", "a name", false, 4711)]
    public void Lines_of_both_kinds_are_read(string line, string name, bool folder, int? size) =>
        Assert.Equal(new FolderEntry(name, folder, size), PlainListing.Parse(line));

    [Theory]
    [InlineData("total 12")]
    [InlineData("lrwxrwxrwx 1 0 0 4 Nov 24 07:15 link -> file")]
    [InlineData("drwxr-xr-x 2 0 0 4096 Nov 24 07:15 ..")]
    [InlineData("-rw-r--r-- 1 0 0 4711 Nov 24 07:15 a/b")]
    [InlineData("+i8388621.48594,m825718503,r,s280,\tdjb.html")]
    [InlineData("")]
    public void Anything_else_is_left_out(string line) => Assert.Null(PlainListing.Parse(line));
}
