using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SmartClients.Directories.Pages;

/// <summary>What all pages have in common. No script, nothing fetched from anywhere, and a policy that would let nothing else run.</summary>
internal static class Layout
{
    const string Style = """
        :root { color-scheme: light dark; --ink: #1c2330; --soft: #5b6575; --line: #d9dee7; --paper: #fbfcfe; --card: #fff; --accent: #1a5fd0; --mark: #eef3fc; --ended: #b83a08 }
        @media (prefers-color-scheme: dark) { :root { --ink: #e5e9f1; --soft: #98a3b5; --line: #2c3442; --paper: #12161d; --card: #191f29; --accent: #7fb0ff; --mark: #1d2838; --ended: #ff9d6c } }
        * { box-sizing: border-box }
        body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 46rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
        a { color: var(--accent); text-decoration: none } a:hover { text-decoration: underline }
        header { font-weight: 600; letter-spacing: .01em } header a { color: inherit }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 1.5rem 0 .25rem } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem }
        form { display: flex; gap: .5rem; margin: 1rem 0 1.75rem }
        input { flex: 1; min-width: 0; padding: .7rem .9rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .6rem }
        button { padding: .7rem 1.2rem; font: inherit; font-weight: 600; color: var(--paper); background: var(--accent); border: 0; border-radius: .6rem; cursor: pointer }
        input:focus-visible, button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
        ol { list-style: none; margin: 0; padding: 0 } ol li { padding: 1rem 0; border-top: 1px solid var(--line) } ol li p { margin: .2rem 0 0 }
        ol a { font-size: 1.1rem; font-weight: 600 }
        .soft, dt { color: var(--soft) } .small { font-size: .875rem }
        code, .copy { font: .92em/1.5 ui-monospace, monospace } code { background: var(--mark); padding: .1rem .3rem; border-radius: .3rem }
        .copy { display: block; margin: .25rem 0 .75rem; padding: .7rem .9rem; background: var(--mark); border: 1px solid var(--line); border-radius: .6rem; user-select: all; white-space: pre-wrap }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; margin: 0 } dd { margin: 0 }
        .tag { display: inline-block; padding: 0 .55rem; margin-right: .3rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .85rem; color: var(--soft) }
        .ended { color: var(--ended) } .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) } footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line) }
        """;

    static readonly string Policy =
        $"default-src 'none'; img-src data:; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    static readonly Html StyleSheet = Html.Of($"<style>{Markup(Style)}</style>");

    /// <summary>The box that every page has.</summary>
    public static Html SearchBox(string words) => Html.Of($"""
        <form action="/" role="search"><label for="q" class="unseen">Search by name, title or words</label><input type="search" name="q" value="{words}" id="q" maxlength="256" placeholder="Name, title or words"><button>Search</button></form>
        """);

    /// <summary>Answers with a page.</summary>
    public static Task WriteAsync(HttpContext context, string title, Html content)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        context.Response.ContentType = "text/html; charset=utf-8";
        var page = Html.Of($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title><link rel="icon" href="data:,">{StyleSheet}</head><body>
            <header><a href="/">Directory of services</a></header>
            <main>{content}</main>
            <footer class="soft small">For programs: <a href="/v1/services">services</a>, <a href="/v1/changes">changes</a>,
            <a href="/v1/conflicts">conflicts</a>, <a href="/v1/schema">schema</a>. Certificates are signed by those who publish them; this directory vouches for none.</footer>
            </body></html>

            """);
        var text = Encoding.UTF8.GetBytes(page.ToString());
        context.Response.ContentLength = text.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(text, context.RequestAborted).AsTask();
    }

    // A style sheet is not text: its quotes stay. This one is ours.
    static Html Markup(string literal)
    {
        var markup = new Html.Interpolation(literal.Length, 0);
        markup.AppendLiteral(literal);
        return Html.Of(markup);
    }
}
