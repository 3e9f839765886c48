using Microsoft.Playwright;

namespace SmartClients.Chat.Web.Tests;

/// <summary>What somebody does and sees in a room.</summary>
internal sealed class RoomPage(IPage page)
{
    const string Live = "#more[data-state=live]";

    public IPage Page => page;

    /// <summary>The server that serves.</summary>
    public Task<string> ServerAsync() => page.Locator("#served").InnerTextAsync();

    /// <summary>Loads the page, says a name, and enters.</summary>
    public static async Task<RoomPage> EnterAsync(IPage page, string from, string name)
    {
        await page.GotoAsync($"http://{from}/");
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("Room").FillAsync("lobby");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter" }).ClickAsync();
        await page.WaitForSelectorAsync(Live);
        return new RoomPage(page);
    }

    /// <summary>With the keyboard.</summary>
    public async Task WriteAsync(string text)
    {
        await page.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Waits for a line to be in the room.</summary>
    public Task SeesAsync(string text) => page.Locator("#messages .text").GetByText(text, new() { Exact = true }).WaitForAsync();

    /// <summary>Waits for a server to be shown as away.</summary>
    public Task SeesAwayAsync(string server) => page.Locator("#servers .away .address").GetByText(server).WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>All lines, in order.</summary>
    public Task<IReadOnlyList<string>> LinesAsync() => page.Locator("#messages .text").AllInnerTextsAsync();

    /// <summary>The service worker has all of the page.</summary>
    public Task KeptAsync() => page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null");

    public async Task ReloadAsync()
    {
        await page.ReloadAsync();
        await page.WaitForSelectorAsync(Live);
    }
}
