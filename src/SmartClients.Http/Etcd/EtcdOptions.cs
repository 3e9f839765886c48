using System.Net.Security;

namespace SmartClients.Http.Etcd;

/// <summary>How an etcd cluster is reached. Immutable.</summary>
/// <remarks>The client speaks the JSON gateway of etcd 3.4 and later. Certificates of clients encrypt and admit, but do not say who
/// somebody is: the gateway takes users by name and password only.</remarks>
public sealed record EtcdOptions
{
    /// <summary>What every key begins with; <c>SERVICE/host:port</c> follows.</summary>
    /// <value>The default is <c>smartclients/</c>. It ends in a slash.</value>
    public string Prefix { get; init; } = "smartclients/";

    /// <summary>TLS, with whatever certificate authority or client certificate it needs.</summary>
    /// <value>The default is <see langword="null"/>: plain HTTP.</value>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>Who to log in as, where etcd asks for it.</summary>
    /// <value>The default is <see langword="null"/>: nobody.</value>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public string? Password { get; init; }

    /// <summary>Sends in place of a handler of its own; it is not disposed, and takes care of TLS itself.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>How long one question may take, on whichever nodes it is asked.</summary>
    /// <value>The default is 5 seconds. 100 milliseconds to 1 hour.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one node may take before the next is asked.</summary>
    /// <value>The default is 2 seconds. 100 milliseconds to 1 hour.</value>
    public TimeSpan NodeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a watch is compared with what the majority of the cluster holds: a watch that hangs
    /// silently is noticed within this time.</summary>
    /// <value>The default is 10 seconds. 100 milliseconds to 1 hour.</value>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it and the range.</exception>
    public void Validate()
    {
        if (Prefix is null || !Prefix.EndsWith('/') || Prefix.Length > 256)
            throw new ArgumentException($"EtcdOptions.Prefix is '{Prefix}': it must end in a slash and have at most 256 characters.");
        if (User is null != Password is null) throw new ArgumentException("EtcdOptions.User and Password must be given both or not at all.");
        Between(Timeout, nameof(Timeout));
        Between(NodeTimeout, nameof(NodeTimeout));
        Between(CheckInterval, nameof(CheckInterval));
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"EtcdOptions {{ Prefix = {Prefix}, User = {User} }}";

    static void Between(TimeSpan value, string name)
    {
        if (value < TimeSpan.FromMilliseconds(100) || value > TimeSpan.FromHours(1))
            throw new ArgumentException($"EtcdOptions.{name} is {value}: it must be from 100 milliseconds to 1 hour.");
    }
}
