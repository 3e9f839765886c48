using System.Text;
using SmartClients.Terminals.Sessions;
using Xunit;

namespace SmartClients.Terminals.Tests.Sessions;

public class EscapesTests
{
    [Theory]
    [InlineData("~.", "", "leave")]
    [InlineData("ls\r~.", "ls\r", "leave")]
    [InlineData("a~.", "a~.", "")]
    [InlineData("~~.\r", "~~.\r", "")]
    [InlineData("~?", "~?", "")]
    [InlineData("~\u001ax", "x", "suspend")]
    [InlineData("\n~", "\n", "")]
    [InlineData("~a~.", "~a~.", "")]
    public void Ours_are_found_at_the_beginning_of_a_line_and_the_others_go_through(string typed, string sent, string done)
    {
        foreach (var piece in (int[])[1, 100])
        {
            var (through, what) = (new List<byte>(), "");
            var escapes = new Escapes(keys => through.AddRange(keys), () => what += "leave", () => what += "suspend");
            foreach (var chunk in Encoding.UTF8.GetBytes(typed).Chunk(piece)) escapes.Type(chunk);
            Assert.Equal((sent, done), (Encoding.UTF8.GetString([.. through]), what));
        }
    }
}
