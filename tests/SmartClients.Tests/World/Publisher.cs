using System.Collections.Immutable;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Tests.World;

/// <summary>A service that publishes certificates, and the place where they are found.</summary>
internal sealed class Publisher(VirtualTime time) : CertificateFinder, IDisposable
{
    int asked;

    public override string Description => "directory";

    public SigningKey Key { get; set; } = SigningKey.Create();

    /// <summary>What the next certificate says.</summary>
    public ServiceCertificate Next { get; set; } = new()
    {
        Name = "quotes",
        Serial = 1,
        Issued = time.GetUtcNow(),
        Expires = time.GetUtcNow() + TimeSpan.FromDays(10),
        Endpoints = [TestWorld.Address(1)],
    };

    /// <summary>What is found.</summary>
    public ReadOnlyMemory<byte>? Published { get; set; }

    /// <summary>Why nothing is.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Gives no answer at all, whoever gives up.</summary>
    public bool Hangs { get; set; }

    /// <summary>How often it was asked: each is a call over the network.</summary>
    public int Asked => Volatile.Read(ref asked);

    public SignedCertificate Publish(Func<ServiceCertificate, ServiceCertificate>? change = null, SignedCertificate? previous = null)
    {
        if (change is not null) Next = change(Next);
        var bytes = Key.Sign(Next, previous);
        Published = bytes;
        Next = Next with { Serial = Next.Serial + 1 };
        return SignedCertificate.Read(bytes, "test");
    }

    public override ValueTask<ImmutableArray<FoundCertificate>> FindAsync(ServiceName name, TimeProvider time, CancellationToken cancel)
    {
        Interlocked.Increment(ref asked);
        if (Hangs) return new(new TaskCompletionSource<ImmutableArray<FoundCertificate>>().Task);
        if (Fault is not null) throw Fault;
        return new(Published is { } document ? [new FoundCertificate(document, "directory 1")] : []);
    }

    public void Dispose() => Key.Dispose();
}
