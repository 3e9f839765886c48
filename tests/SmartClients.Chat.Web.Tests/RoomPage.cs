using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace SmartClients.Chat.Web.Tests;

/// <summary>What somebody does and sees in a room.</summary>
internal sealed class RoomPage
{
    const string Live = "#more[data-state=live]";
    const int MostSaid = 20;

    readonly ConcurrentQueue<string> said = new();
    readonly IPage page;
    readonly string name;

    RoomPage(IPage page, string name)
    {
        (this.page, this.name) = (page, name);
        page.Console += (_, message) => Note(message.Text);
        page.PageError += (_, error) => Note(error);
        page.Crash += (_, _) => Note("the page has crashed");
    }

    public IPage Page => page;

    /// <summary>The server that serves.</summary>
    public Task<string> ServerAsync() => WithinAsync(page.Locator("#served").InnerTextAsync(), "the server that serves");

    /// <summary>Loads the page, says a name, and enters.</summary>
    public static async Task<RoomPage> EnterAsync(IPage page, string from, string name)
    {
        var room = await AskAsync(page, from, name, "lobby");
        await room.LiveAsync();
        return room;
    }

    /// <summary>Loads the page, says a name and a room, and asks to enter.</summary>
    public static async Task<RoomPage> AskAsync(IPage page, string from, string name, string place)
    {
        var room = new RoomPage(page, name);
        await room.WithinAsync(page.GotoAsync($"http://{from}"), "the page");
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("Room", new() { Exact = true }).FillAsync(place);
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter" }).ClickAsync();
        return room;
    }

    /// <summary>Waits to be asked for a token, and gives one.</summary>
    public async Task GiveTokenAsync(string token, string told)
    {
        await WithinAsync(page.GetByRole(AriaRole.Alert).GetByText(told).WaitForAsync(), $"'{told}'");
        await page.GetByLabel("Token for this room").FillAsync(token);
        await PressAsync("Enter");
    }

    /// <summary>With the keyboard.</summary>
    public async Task WriteAsync(string text)
    {
        await WithinAsync(page.GetByLabel("Message", new() { Exact = true }).FillAsync(text), "the line to write in");
        await PressAsync("Enter");
    }

    /// <summary>Waits for a line to be in the room.</summary>
    public Task SeesAsync(string text) => WithinAsync(page.Locator("#messages .text").GetByText(text, new() { Exact = true }).WaitForAsync(), $"'{text}'");

    /// <summary>Waits for a server to be shown as away.</summary>
    public Task SeesAwayAsync(string server) =>
        WithinAsync(page.Locator("#servers .away .address").GetByText(server).WaitForAsync(new() { State = WaitForSelectorState.Attached }), $"{server} to be shown as away");

    /// <summary>Waits for a line of one's own to be on every server.</summary>
    public Task EverywhereAsync() => WithinAsync(page.Locator(".state[data-state=everywhere]").First.WaitForAsync(), "a line to be everywhere");

    /// <summary>All lines, in order.</summary>
    public Task<IReadOnlyList<string>> LinesAsync() => WithinAsync(page.Locator("#messages .text").AllInnerTextsAsync(), "the lines");

    /// <summary>The service worker has all of the page.</summary>
    public Task KeptAsync() => WithinAsync(page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null"), "the service worker to have the page");

    /// <summary>The browser has the servers' certificate.</summary>
    public Task HasCertificateAsync() => WithinAsync(
        page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.startsWith('smartclients:service:') && localStorage[key].includes('certificate'))"), "the certificate to be kept");

    /// <summary>Waits for what a screen reader is told beside the messages.</summary>
    public Task IsToldAsync(string text) => WithinAsync(page.GetByRole(AriaRole.Status).GetByText(text).WaitForAsync(new() { State = WaitForSelectorState.Attached }), $"'{text}' to be told");

    /// <summary>Waits for a line in what a screen reader reads out as it comes.</summary>
    public Task HearsAsync(string text) => WithinAsync(page.GetByRole(AriaRole.Log, new() { Name = "Messages" }).GetByText(text, new() { Exact = true }).WaitForAsync(), $"'{text}' to be read out");

    /// <summary>Has the room show so many lines of others, <c>line N</c>, as if they came.</summary>
    /// <returns>How many lines there are then.</returns>
    public Task<int> FillAsync(int from, int count) => WithinAsync(
        page.EvaluateAsync<int>(
            """
            async ([from, count]) => {
              const room = await import('./room.js');
              for (let i = from; i < from + count; i++) room.message(`id${i}`, `sender${i % 7}`, 'Others', `line ${i}`, 1e12, '');
              return document.querySelectorAll('#messages > li').length;
            }
            """,
            new[] { from, count }),
        "lines to be shown");

    /// <summary>The topmost line that is seen, and where; after it was gone to, where one is named.</summary>
    public async Task<(string Text, double At)> ReadingAsync(string? line = null)
    {
        if (line is not null) await WithinAsync(page.Locator("#messages .text").GetByText(line, new() { Exact = true }).EvaluateAsync("text => text.scrollIntoView({ block: 'start' })"), line);
        var seen = await WithinAsync(
            page.EvaluateAsync<string[]>(
                """
                () => {
                  const edge = document.getElementById('scroll').getBoundingClientRect().top;
                  const first = [...document.querySelectorAll('#messages .text')].find(text => text.getBoundingClientRect().top >= edge - 6);
                  return [first.textContent, String(first.getBoundingClientRect().top)];
                }
                """),
            "the line that is read");
        return (seen[0], Math.Round(double.Parse(seen[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Presses a key.</summary>
    public Task PressAsync(string key) => WithinAsync(page.Keyboard.PressAsync(key), $"the key {key} to be taken");

    /// <summary>What has the focus.</summary>
    public Task<string> FocusAsync() => WithinAsync(page.EvaluateAsync<string>("() => document.activeElement.id || document.activeElement.textContent.trim() || document.activeElement.getAttribute('aria-label')"), "what has the focus");

    /// <summary>Keeps a picture.</summary>
    public Task PictureAsync(string file) => WithinAsync(page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ChatGroup.Images, file) }), "a picture");

    public async Task ReloadAsync()
    {
        await WithinAsync(page.ReloadAsync(), "the page to be loaded again");
        await LiveAsync();
    }

    /// <summary>Waits for a server to serve.</summary>
    public async Task LiveAsync() => await WithinAsync(page.WaitForSelectorAsync(Live), "a server to serve");

    async Task WithinAsync(Task task, string what)
    {
        await WithinAsync(WithResultAsync(), what);

        async Task<bool> WithResultAsync()
        {
            await task;
            return true;
        }
    }

    async Task<T> WithinAsync<T>(Task<T> task, string what)
    {
        try
        {
            return await task.Within(what);
        }
        catch (Exception error) when (error is TimeoutException or PlaywrightException)
        {
            throw new InvalidOperationException($"{name} waited in vain for {what}. The page said: {string.Join(" / ", said)}", error);
        }
    }

    void Note(string text)
    {
        said.Enqueue(text);
        if (said.Count > MostSaid) said.TryDequeue(out _);
    }
}
