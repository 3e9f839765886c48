using Microsoft.Playwright;
using Xunit;

namespace SmartClients.Chat.Web.Tests;

public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_server_that_the_page_came_from_dies_and_no_line_is_lost_even_when_the_page_is_loaded_again()
    {
        await using var group = await ChatGroup.StartAsync(3);
        var origin = ChatGroup.At(group.Ports[0]);
        var ada = await RoomPage.EnterAsync(await browser.NewAsync(390, 844), origin, "Ada");
        var grace = await RoomPage.EnterAsync(await browser.NewAsync(), ChatGroup.At(group.Ports[1]), "Grace");
        await ada.WriteAsync("Good morning. Is anybody here?");
        await grace.SeesAsync("Good morning. Is anybody here?");
        await ada.Page.Locator(".state[data-state=everywhere]").First.WaitForAsync();
        await ada.KeptAsync();

        await group.KillAsync(origin);
        List<string> lines = ["Good morning. Is anybody here?"];
        foreach (var (who, line) in new[] { (ada, "My server has just died."), (grace, "I saw nothing at all."), (ada, "Nor did I.") })
        {
            await who.WriteAsync(line);
            foreach (var other in (RoomPage[])[ada, grace]) await other.SeesAsync(line);
            lines.Add(line);
        }
        Assert.NotEqual(origin, await ada.ServerAsync());
        // Neither has reason to try that server, and both are told that it is away.
        foreach (var who in (RoomPage[])[ada, grace]) await who.SeesAwayAsync(origin);
        await ada.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ChatGroup.Images, "chat-phone.png") });
        await grace.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ChatGroup.Images, "chat-desk.png") });

        foreach (var (who, picture) in new[] { (ada, "chat-phone-dark.png"), (grace, "chat-desk-dark.png") })
        {
            await who.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
            await who.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ChatGroup.Images, picture) });
        }

        await ada.ReloadAsync();
        await grace.WriteAsync("Still here?");
        await ada.SeesAsync("Still here?");
        await ada.WriteAsync("From a server that is gone.");
        await grace.SeesAsync("From a server that is gone.");
        lines.AddRange(["Still here?", "From a server that is gone."]);
        Assert.Equal(lines, await ada.LinesAsync());
        Assert.Equal(lines, await grace.LinesAsync());
        Assert.Equal("You", await ada.Page.Locator(".message .who").Last.InnerTextAsync());
    }

    [Fact]
    public async Task Markup_in_a_message_or_a_name_is_text()
    {
        await using var group = await ChatGroup.StartAsync(1);
        const string Script = "<img src=x onerror=\"document.title='bad'\"><script>document.title='bad'</script>";
        var writer = await RoomPage.EnterAsync(await browser.NewAsync(), ChatGroup.At(group.Ports[0]), "<b>Eve</b>");
        var reader = await RoomPage.EnterAsync(await browser.NewAsync(dark: true), ChatGroup.At(group.Ports[0]), "Ada");
        await writer.WriteAsync(Script);
        await reader.SeesAsync(Script);
        Assert.Equal("<b>Eve</b>", await reader.Page.Locator(".message .who").First.InnerTextAsync());
        Assert.Equal(0, await reader.Page.Locator("#messages img, #messages script, #messages b").CountAsync());
        Assert.DoesNotContain("bad", await reader.Page.TitleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_name_is_told_beside_the_field()
    {
        await using var group = await ChatGroup.StartAsync(1);
        var page = await browser.NewAsync(390, 844, dark: true);
        await page.GotoAsync($"http://{ChatGroup.At(group.Ports[0])}/");
        await page.GetByLabel("Room").FillAsync("no such room!");
        await page.GetByLabel("Your name").FillAsync("Ada");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Alert).GetByText("That is not the name of a room").WaitForAsync();
        Assert.True(await page.GetByLabel("Room").EvaluateAsync<bool>("field => field === document.activeElement"));
    }
}
