using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Http;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Http;

public class IndexPageTests
{
    [Fact]
    public void Links_one_step_down_are_entries_and_no_others() => Assert.Equal(
        [new FolderEntry("a name", false), new FolderEntry("below", true), new FolderEntry("q&a", false), new FolderEntry("whole", false)],
        IndexPage.Entries(
            """
            <a href="../">../</a> <a href="/">root</a> <a href="?C=M;O=A">sorted</a> <a href="a%20name">a name</a> <A class=x HREF='below/'>below</A>
            <a href="below/deeper">no</a> <a href="q&amp;a">q</a> <a href="http://host/x/whole">yes</a> <a href="http://elsewhere/x/no">no</a>
            <a href="%2e%2e%2fetc">no</a> <a href="a%2Fb">no</a> <a href="a%20name">twice</a> <a href="ftp://host/x/no">no</a> <a href="">no</a> <a href="%00">no</a>
            """, new Uri("http://host/x/")));
}
