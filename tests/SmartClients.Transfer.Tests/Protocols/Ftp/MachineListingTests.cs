using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Ftp;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Ftp;

public class MachineListingTests
{
    [Fact]
    public void Files_and_folders_are_read_with_their_facts()
    {
        Assert.Equal(new FolderEntry("a name", false, 12, new DateTimeOffset(2026, 11, 24, 7, 15, 0, TimeSpan.Zero)),
            MachineListing.Parse("type=file;size=12;modify=20261124071500;UNIX.mode=0644; a name"));
        Assert.Equal(new FolderEntry("below", true), MachineListing.Parse("Type=dir;Size=4096; below"));
        Assert.Equal(new FolderEntry(" starts with a blank", false), MachineListing.Parse("Type=FILE;size=x;modify=y;  starts with a blank"));
    }

    [Theory]
    [InlineData("type=cdir; .")]
    [InlineData("type=pdir; ..")]
    [InlineData("type=OS.unix=slink:/etc; link")]
    [InlineData("size=12; no type")]
    [InlineData("type=file; ../up")]
    [InlineData("type=file; /etc/passwd")]
    [InlineData("type=file; a\\b")]
    [InlineData("type=file; ")]
    [InlineData("type=file;")]
    [InlineData("")]
    public void Anything_else_is_left_out(string line) => Assert.Null(MachineListing.Parse(line));
}
