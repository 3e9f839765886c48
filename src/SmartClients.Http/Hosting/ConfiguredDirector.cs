using Microsoft.Extensions.Options;
using SmartClients.Naming;

namespace SmartClients.Http.Hosting;

/// <summary>A director made from options, and made anew when they change; the new one inherits what the old one learnt.</summary>
internal sealed class ConfiguredDirector : IAsyncDisposable
{
    readonly string client;
    readonly string service;
    readonly Lock gate = new();
    readonly IDisposable? subscription;
    Director current;

    public ConfiguredDirector(string client, string service, IOptionsMonitor<SmartClientOptions> options)
    {
        (this.client, this.service) = (client, service);
        current = Make(options.Get(client));
        subscription = options.OnChange((changed, name) =>
        {
            if (name == client) Replace(changed);
        });
    }

    public Director Current => Volatile.Read(ref current);

    Director Make(SmartClientOptions options)
    {
        try
        {
            var source = options.Name is { Length: > 0 } name ? Names.Open(name)
                : options.Members.Count > 0 ? StaticNames.Parse(string.Join(',', options.Members))
                : throw new FormatException($"it has neither a Name nor Members: set SmartClients:{service}:Members, or give them to AddSmartClient");
            return new Director(service, source, options.ToDirectorOptions());
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new OptionsValidationException(client, typeof(SmartClientOptions), [$"Service '{service}': {error.Message}"]);
        }
    }

    void Replace(SmartClientOptions changed)
    {
        lock (gate)
        {
            Director next;
            try
            {
                next = Make(changed);
            }
            catch (OptionsValidationException)
            {
                // The configuration is being edited, or is wrong: what worked goes on working.
                return;
            }
            var last = current;
            next.Inherit(last);
            Volatile.Write(ref current, next);
            // Its requests under way end by themselves.
            _ = last.DisposeAsync().AsTask();
        }
    }

    public ValueTask DisposeAsync()
    {
        subscription?.Dispose();
        return Current.DisposeAsync();
    }
}
