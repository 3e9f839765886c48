using Microsoft.AspNetCore.Http;
using SmartClients.Learning.Orca;

namespace SmartClients.AspNetCore;

/// <summary>What one request adds to the load and to its own reply; a feature of the request.</summary>
internal sealed class ReplyLoad(LoadState load, ServiceState service, HttpResponse response)
{
    public double? Cost { get; set; }

    public bool Counted { get; init; }

    public bool Reports { get; init; }

    public static Task Write(object self)
    {
        ((ReplyLoad)self).Write();
        return Task.CompletedTask;
    }

    void Write()
    {
        if (Reports && load.Header(Math.Max(0, load.InFlight - (Counted ? 1 : 0)), Cost) is { Length: > 0 } header)
            response.Headers[Wire.LoadMetrics] = header;
        service.WriteTo(response);
    }
}
