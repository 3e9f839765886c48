using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Authentication;

namespace SmartClients.Kubernetes;

/// <summary>An API server as a configuration says it is reached: where, by whom, and whose certificate it must show. Configurations, log-ins and the
/// check of the server's certificate are KubernetesClient's.</summary>
/// <remarks>Its own client would do the same; but that has a method for each of the API's thousand calls, and a program that is
/// compiled ahead of time takes them all along: twice the size, and twice the time to build it.</remarks>
internal sealed class Cluster : IDisposable
{
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    internal Cluster(KubernetesClientConfiguration configuration)
    {
        Address = Uri.TryCreate(configuration.Host, UriKind.Absolute, out var address) ? address
            : throw new ClusterException($"the configuration's API server is '{configuration.Host}': it must be an address such as https://10.0.0.1:6443");
        Credentials = k8s.Kubernetes.CreateCredentials(configuration);
        Client = new HttpClient(Handler(configuration)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>What is added to each question; <see langword="null"/> where nobody has to log in.</summary>
    public ServiceClientCredentials? Credentials { get; }

    /// <exception cref="ClusterException">The configuration is missing, wrong or incomplete; the message says what.</exception>
    public static Cluster Of(KubernetesOptions options)
    {
        try
        {
            return new Cluster(options.KubeConfig is { } file
                ? KubernetesClientConfiguration.BuildConfigFromConfigFile(file, options.Context)
                : KubernetesClientConfiguration.BuildDefaultConfig());
        }
        catch (Exception error) when (error is not ClusterException)
        {
            throw new ClusterException($"the configuration{(options.KubeConfig is { } file ? " " + file : "")} cannot be used: {error.Message}", error);
        }
    }

    static SocketsHttpHandler Handler(KubernetesClientConfiguration configuration)
    {
        var handler = new SocketsHttpHandler
        {
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = Quiet,
            KeepAlivePingTimeout = Quiet,
            EnableMultipleHttp2Connections = true,
            AutomaticDecompression = DecompressionMethods.All,
        };
        var tls = handler.SslOptions;
        if (configuration.SkipTlsVerify)
        {
#pragma warning disable CA5359 // As the configuration's insecure-skip-tls-verify says.
            tls.RemoteCertificateValidationCallback = delegate { return true; };
#pragma warning restore CA5359
        }
        else if (configuration.SslCaCerts is { } authorities)
        {
            tls.RemoteCertificateValidationCallback = (sender, certificate, chain, problems) =>
                certificate is not null && chain is not null && k8s.Kubernetes.CertificateValidationCallBack(sender, authorities, certificate, chain, problems);
        }
        if (configuration.TlsServerName is { } name) tls.TargetHost = name;
        if (Own(configuration) is { } own)
        {
            tls.ClientCertificates = [own];
            // The server's list of those whom it trusts leaves out the cluster's own authority.
            tls.LocalCertificateSelectionCallback = delegate { return own; };
        }
        return handler;
    }

    static X509Certificate2? Own(KubernetesClientConfiguration configuration)
    {
        var certificate = Text(configuration.ClientCertificateData, configuration.ClientCertificateFilePath);
        var key = Text(configuration.ClientCertificateKeyData, configuration.ClientKeyFilePath);
        if (certificate is null || key is null) return null;
        using var own = X509Certificate2.CreateFromPem(certificate, key);
        // Windows takes no key for TLS that was only ever in memory.
        return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
    }

    static string? Text(string? data, string? file) =>
        !string.IsNullOrWhiteSpace(data) ? Encoding.UTF8.GetString(Convert.FromBase64String(data)) : !string.IsNullOrWhiteSpace(file) ? File.ReadAllText(file) : null;

    public void Dispose() => Client.Dispose();
}
