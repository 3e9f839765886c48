using SmartClients.Chat.Web.Browser;
using SmartClients.Chat.Web.Rooms;
using SmartClients.Http.Directories;
using SmartClients.Http.Documents;
using SmartClients.Naming;
using SmartClients.Naming.Certified;

namespace SmartClients.Chat.Web.Naming;

/// <summary>THE TABLE of names as the page opens them: <c>list:</c>, documents on web servers, and services by their certificates, where the
/// page knows directories.</summary>
internal sealed class PageNames : IAsyncDisposable
{
    readonly DirectoryClient? directories;
    readonly HttpMessageInvoker http;

    PageNames(JoinRequest asked, FetchHandler fetch, LocalState state, CheckedSignatures signatures, TimeProvider time)
    {
        http = new HttpMessageInvoker(fetch, disposeHandler: false);
        Table = Names.Core.WithHttp(http);
        if (asked.Directories is null) return;
        directories = new DirectoryClient(asked.Directories, new DirectoryClientOptions { Time = time, Handler = fetch }, Table);
        Table = Table.WithServices(new CertifiedNamesOptions
        {
            Finders = [new CheckingFinder(new DirectoryFinder(directories), signatures)],
            State = state,
            SignatureCheck = signatures.Check,
            Warn = Page.Note,
            Time = time,
        });
    }

    public Names Table { get; }

    /// <summary>The names; what an earlier visit left is checked first, so that it may be read at once.</summary>
    public static async Task<PageNames> OpenAsync(JoinRequest asked, FetchHandler fetch, LocalState state, TimeProvider time)
    {
        var signatures = new CheckedSignatures();
        if (state.Read(asked.Service)?.Certificate is { } kept) await signatures.AddAsync(kept.Document);
        return new PageNames(asked, fetch, state, signatures, time);
    }

    public async ValueTask DisposeAsync()
    {
        if (directories is not null) await directories.DisposeAsync();
        http.Dispose();
    }
}
