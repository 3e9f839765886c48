using System.Text;
using Microsoft.Extensions.Time.Testing;
using SmartClients.Terminals.Telnet;
using Xunit;

namespace SmartClients.Terminals.Tests.Telnet;

public class PromptWatchTests
{
    [Theory]
    [InlineData("Welcome\r\n$ ", true)]
    [InlineData("\e[?2004h\e]0;title\aroot@n1:/# ", true)]
    [InlineData("host% ", true)]
    [InlineData("> ", true)]
    [InlineData("login: ", false)]
    [InlineData("Password: ", false)]
    [InlineData("costs 5$ \r\n", false)]
    [InlineData("", false)]
    public async Task A_prompt_is_an_unfinished_line_with_one_of_the_usual_ends(string shown, bool isPrompt)
    {
        var time = new FakeTimeProvider();
        var watch = new PromptWatch(time);
        using var stop = new CancellationTokenSource();
        watch.Watch(Encoding.UTF8.GetBytes(shown));
        var seen = watch.SeenAsync(stop.Token);
        Assert.False(seen.IsCompleted);

        for (var i = 0; i < 10; i++) time.Advance(TimeSpan.FromMilliseconds(100));
        await stop.CancelAsync();

        await seen.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.Equal(isPrompt, seen.IsCompletedSuccessfully);
    }
}
