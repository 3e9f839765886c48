using Microsoft.Playwright;
using Xunit;

namespace SmartClients.Chat.Web.Tests;

/// <summary>Debian's Chromium, for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    static readonly string[] Quiet =
        // The shared memory of a container may be too small for a browser, which then stands still.
        ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            // A machine of the same network, as far as a browser knows: not this computer itself.
            "--host-resolver-rules=MAP chat.test 127.0.0.1"];

    IPlaywright? playwright;
    IBrowser? chromium;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync().Within("the program that drives the browser");
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Headless = true, Args = Quiet }).Within("the browser");
    }

    /// <summary>A page in a browser of its own: nothing is stored yet.</summary>
    public async Task<IPage> NewAsync(int width = 1280, int height = 800, bool dark = false)
    {
        var context = await chromium!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            TimezoneId = "UTC",
            Locale = "en-GB",
        }).Within("a browser of its own");
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync().Within("a page");
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync().AsTask().Within("the browser to end");
        playwright?.Dispose();
    }
}
