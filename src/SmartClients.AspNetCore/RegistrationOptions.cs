using SmartClients.Http.Etcd;

namespace SmartClients.AspNetCore;

/// <summary>As what a server registers itself.</summary>
public sealed class RegistrationOptions
{
    /// <summary>What clients reach the server by: <c>host:port</c>, or a host alone with the port that the server listens on.</summary>
    /// <value>The default is <see langword="null"/>: the first address that the server listens on. Needed where that is every interface
    /// (<c>0.0.0.0</c>, <c>[::]</c>, <c>*</c>), which says nobody how to reach it.</value>
    public string? Address { get; set; }

    /// <summary>Capacity relative to the other servers.</summary>
    /// <value>The default is 1. Above 0, to 1,000,000.</value>
    public double Weight { get; set; } = 1;

    /// <summary>Where the server stands.</summary>
    /// <value>The default is <see langword="null"/>: it does not say.</value>
    public string? Zone { get; set; }

    /// <summary>The name that the server answers to, where it is not its address: the HTTP Host header and the TLS server name.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Authority { get; set; }

    /// <summary>Anything else that clients may want to know.</summary>
    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>How long the server stays a member after it has died without a word. Every third of it, it says that it lives.</summary>
    /// <value>The default is 10 seconds. 2 seconds to 1 hour.</value>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How etcd is reached: TLS, user and password.</summary>
    public EtcdOptions Etcd { get; set; } = new();
}
