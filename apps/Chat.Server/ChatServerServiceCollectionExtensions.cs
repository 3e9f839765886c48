using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartClients.Chat.Server;
using SmartClients.Chat.Server.Gossip;
using SmartClients.Chat.Server.Reading;
using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Server.Serving;
using SmartClients.Chat.Server.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A chat server's services.</summary>
public static class ChatServerServiceCollectionExtensions
{
    /// <summary>Adds a chat server: its store, its rooms, and what it learns from its peers. The application goes on with
    /// <c>app.UseChatServer()</c>.</summary>
    /// <param name="services">The application's services; a <see cref="TimeProvider"/> among them is the server's clock.</param>
    /// <param name="options">Every knob.</param>
    /// <exception cref="FormatException">An option is wrong; the message names it.</exception>
    public static IServiceCollection AddChatServer(this IServiceCollection services, ChatServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.AddSingleton(options);
        var limits = new StoreLimits(options.MostRooms, options.MostSenders);
        if (options.Redis is { } redis)
        {
            services.AddSingleton(_ => RedisStore.OpenAsync(redis, limits, options.RedisPrefix).GetAwaiter().GetResult());
            services.AddSingleton<RoomStore>(provider => provider.GetRequiredService<RedisStore>());
            services.AddHostedService<SharedPeople>();
        }
        else
        {
            services.AddSingleton<RoomStore>(_ => new SqliteStore(options.Data!, limits));
            services.AddHostedService<PeerPull>();
        }
        services.AddSingleton<RoomTable>();
        services.AddSingleton<StoreWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<StoreWatch>());
        services.AddSingleton<PeerBoard>();
        services.AddSingleton<Pulse>();
        services.AddHostedService(provider => provider.GetRequiredService<Pulse>());
        services.AddSingleton<StoreChange>();
        services.AddSingleton<LocalPeople>();
        services.AddSingleton<Admission>();
        services.AddSingleton<Gaps>();
        services.AddSingleton<GossipEndpoints>();
        services.AddSingleton<PostEndpoint>();
        services.AddSingleton<ReadEndpoints>();
        services.AddSingleton<PageEndpoints>();
        services.AddLoadReports().AddDrain();
        services.AddCors();
        services.Configure<KestrelServerOptions>(Limits.OnConnections);
        services.Configure<SocketTransportOptions>(transport => HalfOpen.Shed(transport, options.SendTimeout));
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
