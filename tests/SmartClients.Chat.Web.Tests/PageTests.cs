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
        await ada.EverywhereAsync();
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
        await ada.PictureAsync("chat-phone.png");
        await grace.PictureAsync("chat-desk.png");

        foreach (var (who, picture) in new[] { (ada, "chat-phone-dark.png"), (grace, "chat-desk-dark.png") })
        {
            await who.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark }).Within("dark colours");
            await who.PictureAsync(picture);
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
    public async Task A_page_that_found_the_servers_by_their_certificate_opens_again_without_directory_and_origin()
    {
        await using var group = await ChatGroup.StartAsync(3, published: true);
        var origin = ChatGroup.At(group.Ports[0]);
        var ada = await RoomPage.EnterAsync(await browser.NewAsync(), origin, "Ada");
        await ada.WriteAsync("Found by name.");
        await ada.EverywhereAsync();
        await ada.KeptAsync();
        await ada.HasCertificateAsync();

        await group.KillDirectoryAsync();
        // Nothing tells the page which two: mostly it comes to one of them first.
        foreach (var port in group.Ports.Take(2)) await group.KillAsync(ChatGroup.At(port));
        await ada.ReloadAsync();
        await ada.WriteAsync("Still found.");
        await ada.SeesAsync("Still found.");
        Assert.Equal(ChatGroup.At(group.Ports[2]), await ada.ServerAsync());
        Assert.Equal(["Found by name.", "Still found."], await ada.LinesAsync());
    }

    [Fact]
    public async Task All_of_it_is_reached_by_the_keyboard_and_told_to_a_screen_reader()
    {
        await using var group = await ChatGroup.StartAsync(2);
        var ada = await RoomPage.EnterAsync(await browser.NewAsync(390, 844), ChatGroup.At(group.Ports[0]), "Ada");
        var served = await ada.ServerAsync();
        await ada.IsToldAsync("Served by " + served);
        Assert.Equal("line", await ada.FocusAsync());
        await ada.WriteAsync("Read to me.");
        await ada.HearsAsync("Read to me.");
        Assert.Equal(1, await ada.Page.GetByRole(AriaRole.Region, new() { Name = "Conversation" }).GetByRole(AriaRole.Log).GetByRole(AriaRole.List).CountAsync().Within("the list in what is read out"));
        Assert.Equal("line", await ada.FocusAsync());
        await ada.PressAsync("Tab");
        Assert.Equal("Send", await ada.FocusAsync());

        // Back over the messages, which are scrolled by the arrow keys, to what tells of servers and people.
        List<string> passed = [];
        do
        {
            await ada.PressAsync("Shift+Tab");
            passed.Add(await ada.FocusAsync());
        }
        while (passed[^1] != "more" && passed.Count < 6);
        Assert.Equal(["line", "scroll", "more"], passed);
        var more = ada.Page.Locator("#more");
        foreach (var (key, open) in new[] { ("Enter", "true"), ("Escape", "false"), ("Space", "true") })
        {
            await ada.PressAsync(key);
            Assert.Equal(open, await more.GetAttributeAsync("aria-expanded"));
        }
        await ada.PressAsync("Tab");
        Assert.Equal("leave", await ada.FocusAsync());

        await group.KillAsync(served);
        await ada.IsToldAsync($"Moved from {served} to ");
        await ada.PressAsync("Enter");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Enter" }).WaitForAsync();
        Assert.Equal("room-name", await ada.FocusAsync());
    }

    [Fact]
    public async Task Where_certificates_cannot_be_checked_the_page_goes_to_the_servers_that_it_came_from()
    {
        await using var group = await ChatGroup.StartAsync(2, published: true);
        var ada = await RoomPage.EnterAsync(await browser.NewAsync(), $"chat.test:{group.Ports[0]}", "Ada");
        Assert.False(await ada.Page.EvaluateAsync<bool>("() => isSecureContext").Within("what the browser thinks of the page"));
        await ada.WriteAsync("Over a plain network.");
        await ada.EverywhereAsync();
    }

    [Fact]
    public async Task A_room_that_is_not_public_asks_for_its_token_and_the_browser_keeps_it()
    {
        await using var group = await ChatGroup.StartAsync(1);
        var (origin, token) = (ChatGroup.At(group.Ports[0]), await group.TokenAsync("team-blue"));
        var ada = await RoomPage.AskAsync(await browser.NewAsync(), origin, "Ada", "team-blue");
        await ada.GiveTokenAsync("1.nonsense", "The room 'team-blue' is not public: a token is needed.");
        Assert.Equal("password", await ada.Page.GetByLabel("Token for this room").GetAttributeAsync("type").Within("how the token is shown"));
        await ada.GiveTokenAsync(token, "This token does not open the room 'team-blue', or no longer.");
        await ada.LiveAsync();
        await ada.WriteAsync("Among ourselves.");
        await ada.EverywhereAsync();
        await ada.ReloadAsync();
        await ada.SeesAsync("Among ourselves.");
    }

    [Theory]
    [InlineData("/#token=")]
    [InlineData("/?token=")]
    public async Task A_token_in_the_address_opens_the_room_and_is_gone_from_there(string address)
    {
        await using var group = await ChatGroup.StartAsync(1);
        var origin = ChatGroup.At(group.Ports[0]) + address + await group.TokenAsync("team-blue");
        var ada = await RoomPage.AskAsync(await browser.NewAsync(), origin, "Ada", "team-blue");
        await ada.LiveAsync();
        Assert.DoesNotContain("token", ada.Page.Url, StringComparison.Ordinal);
        await ada.ReloadAsync();
    }

    [Fact]
    public async Task The_oldest_lines_go_and_what_is_being_read_stays_where_it_is()
    {
        await using var group = await ChatGroup.StartAsync(1);
        var ada = await RoomPage.EnterAsync(await browser.NewAsync(), ChatGroup.At(group.Ports[0]), "Ada");
        // Who is at the end sees the newest, and no more than the most of the others.
        Assert.InRange(await ada.FillAsync(0, 2500), 2000, 2100);
        await ada.SeesAsync("line 2499");
        // Who reads further up sees the same line in the same place, though others above it go.
        var read = await ada.ReadingAsync("line 2300");
        Assert.InRange(await ada.FillAsync(2500, 300), 2000, 2100);
        await StillReadsAsync();
        // The oldest that there are go only where there are twice too many.
        read = await ada.ReadingAsync("line 850");
        Assert.InRange(await ada.FillAsync(2800, 1000), 2900, 3010);
        await StillReadsAsync();
        Assert.InRange(await ada.FillAsync(3800, 1500), 2000, 4100);

        async Task StillReadsAsync()
        {
            var now = await ada.ReadingAsync();
            Assert.Equal(read.Text, now.Text);
            // A browser scrolls by whole pixels.
            Assert.InRange(now.At, read.At - 3, read.At + 3);
        }
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
        Assert.Equal(0, await reader.Page.Locator("#messages img, #messages script, #messages b").CountAsync().Within("the number of elements"));
        Assert.DoesNotContain("bad", await reader.Page.TitleAsync().Within("the title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_name_is_told_beside_the_field()
    {
        await using var group = await ChatGroup.StartAsync(1);
        var page = await browser.NewAsync(390, 844, dark: true);
        await page.GotoAsync($"http://{ChatGroup.At(group.Ports[0])}/");
        await page.GetByLabel("Room", new() { Exact = true }).FillAsync("no such room!");
        await page.GetByLabel("Your name").FillAsync("Ada");
        await page.Keyboard.PressAsync("Enter").Within("a key to be taken");
        await page.GetByRole(AriaRole.Alert).GetByText("That is not the name of a room").WaitForAsync();
        Assert.True(await page.GetByLabel("Room", new() { Exact = true }).EvaluateAsync<bool>("field => field === document.activeElement").Within("the field in focus"));
    }
}
