using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartClients.AspNetCore;
using SmartClients.Learning.Orca;
using SmartClients.Naming;

namespace Microsoft.AspNetCore.Builder;

/// <summary>For servers that help their smart clients.</summary>
public static class HelpingApplicationBuilderExtensions
{
    /// <summary>Counts requests in flight and adds the <c>endpoint-load-metrics</c> header to each reply. Put it first, so that it sees
    /// every request, but after <c>UseRouting</c> where that is called.</summary>
    /// <remarks>Programs in a browser see the header only where CORS exposes it (<c>WithExposedHeaders</c>).</remarks>
    /// <exception cref="InvalidOperationException"><c>AddLoadReports</c> was not called.</exception>
    public static IApplicationBuilder UseLoadReports(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        Need<LoadState>(app.ApplicationServices, "AddLoadReports", "UseLoadReports");
        return app.UseMiddleware<LoadReportMiddleware>();
    }

    /// <summary>Adds <c>Service-State: leaving</c> to each reply once the application is told to stop, and notices when nothing comes
    /// any more. Put it first.</summary>
    /// <exception cref="InvalidOperationException"><c>AddDrain</c> was not called.</exception>
    public static IApplicationBuilder UseDrain(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        Need<DrainActivity>(app.ApplicationServices, "AddDrain", "UseDrain").Counts = true;
        return app.UseMiddleware<DrainMiddleware>();
    }

    /// <summary>Answers <c>GET</c> with the load in JSON and, where the client accepts <c>text/event-stream</c>, goes on telling it: at
    /// each noticeable change, and at least every interval (<c>?interval_ms=</c>).</summary>
    /// <exception cref="InvalidOperationException"><c>AddLoadReports</c> was not called.</exception>
    public static IEndpointConventionBuilder MapLoadReports(this IEndpointRouteBuilder endpoints, string pattern = Wire.LoadPath)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var endpoint = Need<LoadEndpoint>(endpoints.ServiceProvider, "AddLoadReports", "MapLoadReports");
        return endpoints.MapGet(pattern, (RequestDelegate)endpoint.AnswerAsync).WithMetadata(HelpingEndpoint.Mark);
    }

    /// <summary>Answers <c>GET</c> with 200 <c>up</c>, and with 503 <c>leaving</c> once the replica is leaving: for load balancers and
    /// orchestrators that ask for the health.</summary>
    /// <exception cref="InvalidOperationException">Neither <c>AddDrain</c> nor <c>AddLoadReports</c> was called.</exception>
    public static IEndpointConventionBuilder MapServiceState(this IEndpointRouteBuilder endpoints, string pattern = "/health")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var service = Need<ServiceState>(endpoints.ServiceProvider, "AddDrain", "MapServiceState");
        RequestDelegate answer = context =>
        {
            service.WriteTo(context.Response);
            context.Response.Headers.CacheControl = "no-store";
            context.Response.StatusCode = service.IsLeaving ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return context.Response.WriteAsync(service.IsLeaving ? Wire.Leaving : "up", context.RequestAborted);
        };
        return endpoints.MapGet(pattern, answer).WithMetadata(HelpingEndpoint.Mark);
    }

    /// <summary>Answers <c>GET</c> with the group's members, for clients that ask one of the members (<c>members:</c> in a certificate), and
    /// for <c>https://…</c> addresses that end in <c>.json</c>. With an ETag, so that what has not changed is not sent again.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="source">Where this server learns the members, such as <c>new FileNames("members.json")</c>; what fails leaves the last
    /// known ones. When left out, those that <see cref="ServiceState.GroupChanged"/> told last.</param>
    /// <param name="pattern">The path.</param>
    /// <exception cref="InvalidOperationException">Neither <c>AddDrain</c> nor <c>AddLoadReports</c> was called.</exception>
    public static IEndpointConventionBuilder MapServiceMembers(
        this IEndpointRouteBuilder endpoints, NameSource? source = null, string pattern = Wire.MembersPath)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var told = Need<ServiceState>(services, "AddDrain", "MapServiceMembers");
        var endpoint = new MembersEndpoint(source, told, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        return endpoints.MapGet(pattern, (RequestDelegate)endpoint.AnswerAsync).WithMetadata(HelpingEndpoint.Mark);
    }

    /// <summary>What these addresses answer is no load, and no reason to stay once the replica is leaving: what replicas ask of each other, and what
    /// watches them. Without it, peers that ask again and again keep one that leaves waiting for the whole <see cref="DrainOptions.Period"/>.</summary>
    public static TBuilder WithoutLoad<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(HelpingEndpoint.Mark);

    static T Need<T>(IServiceProvider services, string add, string use) where T : notnull =>
        services.GetService<T>() ?? throw new InvalidOperationException($"{use} needs builder.Services.{add}(): call it before the application is built.");
}
