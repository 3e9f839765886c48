using System.Text;
using SmartClients.Terminals.Sessions;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Terminals.Tests.Sessions;

public class TranscriptTests
{
    [Fact]
    public void The_last_of_it_is_kept_from_the_beginning_of_a_line()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "transcript");
        using (var transcript = new Transcript(path, most: 1000))
            for (var i = 0; i < 1000; i++) transcript.Write(Encoding.ASCII.GetBytes($"line {i}\n"));

        var lines = File.ReadAllLines(path);
        Assert.InRange(new FileInfo(path).Length, 400, 1100);
        Assert.Equal("line 999", lines[^1]);
        Assert.All(lines, line => Assert.Matches("^line [0-9]+$", line));
    }
}
