using System.Collections.Immutable;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Naming.Certified;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Naming.Certified;

/// <summary>What is believed of what directories say, and what is not.</summary>
public sealed class BeliefTests : IDisposable
{
    readonly ServiceWorld world = new();

    public void Dispose() => world.Dispose();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<ServiceUnavailableException> FailsAsync(string name = "service://quotes")
    {
        await using var director = world.Director(name);
        return await Assert.ThrowsAsync<ServiceUnavailableException>(() => world.SendAsync(director));
    }

    async Task ServesAsync(string name = "service://quotes")
    {
        await using var director = world.Director(name);
        await world.SendAsync(director);
    }

    // At the next start the certificate must be asked for again.
    void MakeDue() => world.Machines.Run(3601);

    CertificateKeeper Keeper(string name = "service://quotes") => ((CertifiedNames)world.Names().Open(name)).Keeper;

    [Fact]
    public async Task The_first_key_is_pinned_and_another_is_refused_for_ever()
    {
        world.Directory.Publish();
        await ServesAsync();
        var pinned = Keeper().Current!.Envelope.Key;
        world.Directory.Key = SigningKey.Create();
        world.Directory.Publish(c => c with { Serial = 9, Endpoints = [TestWorld.Address(2)] });
        MakeDue();
        await ServesAsync();
        Assert.Equal(0, world.Machines[1].Received);
        var error = await Assert.ThrowsAsync<CertificateException>(() => Keeper().RenewAsync(world.Time, Cancel));
        Assert.Equal(CertificateFault.WrongKey, error.Fault);
        Assert.Equal(pinned, Keeper().Current!.Envelope.Key);
    }

    [Fact]
    public async Task A_key_in_the_name_rules_out_every_other_from_the_start()
    {
        world.Directory.Publish();
        await ServesAsync("service://quotes@" + world.Directory.Key.Thumbprint);
        using var other = SigningKey.Create();
        var error = await FailsAsync("service://quotes@" + other.Thumbprint);
        Assert.Contains(other.Thumbprint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_keys_and_no_pin_are_a_contradiction_that_names_the_way_out()
    {
        world.Directory.Publish();
        using var liar = new Publisher(world.Time);
        liar.Publish(c => c with { Serial = 99, Endpoints = [TestWorld.Address(3)] });
        world.Finders.Add(liar);
        var error = await FailsAsync();
        Assert.Equal(CertificateFault.Contradicted, Assert.IsType<CertificateException>(error.InnerException).Fault);
        Assert.Contains("service://NAME@KEY", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, world.Machines.Received);
        await ServesAsync("service://quotes@" + world.Directory.Key.Thumbprint);
        Assert.Equal((1, 0), (world.Machines[0].Received, world.Machines[2].Received));
    }

    [Fact]
    public async Task A_finder_that_lies_changes_nothing_while_another_tells_the_truth()
    {
        var old = world.Directory.Publish();
        var now = world.Directory.Publish(c => c with { Endpoints = [TestWorld.Address(2)] });
        var tampered = now.Document.ToArray();
        tampered[^20] ^= 1;
        world.Finders.Insert(0, new Liar("replays an old one", old.Document));
        world.Finders.Insert(0, new Liar("tampers", tampered));
        world.Finders.Insert(0, new Liar("sends no certificate", "<html>"u8.ToArray()));
        world.Finders.Insert(0, new Liar("sends a hundred megabytes", new byte[100 << 20]));
        world.Finders.Insert(0, new Liar("fails", null));
        await ServesAsync();
        Assert.Equal(1, world.Machines[1].Received);
        Assert.Equal(2, Keeper().Current!.Envelope.Certificate.Serial);
        Assert.Contains(world.Warnings, w => w.Contains("tampers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_serial_never_falls()
    {
        var old = world.Directory.Publish();
        world.Directory.Publish(c => c with { Endpoints = [TestWorld.Address(2)] });
        await ServesAsync();
        world.Directory.Published = old.Document;
        MakeDue();
        await ServesAsync();
        Assert.Equal((0, 2), (world.Machines[0].Received, world.Machines[1].Received));
        Assert.Equal(CertificateFault.RolledBack, (await Assert.ThrowsAsync<CertificateException>(() => Keeper().RenewAsync(world.Time, Cancel))).Fault);
    }

    [Fact]
    public async Task A_state_file_that_was_rolled_back_does_not_stay_so_and_an_old_process_undoes_nothing()
    {
        world.Directory.Publish();
        var old = Keeper();
        await old.RenewAsync(world.Time, Cancel);
        await old.SettledAsync();
        var file = world.State.Read("service://quotes");
        world.Directory.Publish();
        var young = Keeper();
        await young.RenewAsync(world.Time, Cancel);
        await young.SettledAsync();

        // Somebody puts the old file back; whoever knows better writes it again.
        await world.State.UpdateAsync("service://quotes", _ => file, Cancel);
        world.Machines.Run(1);
        await young.RenewAsync(world.Time, Cancel);
        await young.SettledAsync();
        Assert.Equal(2, Keeper().Current!.Envelope.Certificate.Serial);

        // A process that has only met the old one is told it again by a directory that is behind: it learns from the file.
        world.Directory.Published = file!.Certificate!.Document;
        await old.RenewAsync(world.Time, Cancel);
        await old.SettledAsync();
        Assert.Equal(2, old.Current!.Envelope.Certificate.Serial);
        Assert.Equal(2, Keeper().Current!.Envelope.Certificate.Serial);
    }

    [Fact]
    public async Task A_key_that_hands_over_is_followed_and_then_signs_nothing_more()
    {
        using var next = SigningKey.Create();
        var first = world.Directory.Publish(c => c with { NextKey = next.Thumbprint });
        await ServesAsync();
        var old = world.Directory.Key;
        world.Directory.Key = next;
        world.Directory.Publish(c => c with { NextKey = null, Endpoints = [TestWorld.Address(2)] }, previous: first);
        await Keeper().RenewAsync(world.Time, Cancel);
        await ServesAsync();
        Assert.Equal(next.Thumbprint, (await Settled()).Envelope.Key);
        world.Directory.Key = old;
        world.Directory.Publish(c => c with { Serial = 50 });
        Assert.Equal(CertificateFault.WrongKey, (await Assert.ThrowsAsync<CertificateException>(() => Keeper().RenewAsync(world.Time, Cancel))).Fault);

        async Task<KeptCertificate> Settled()
        {
            var keeper = Keeper();
            await keeper.RenewAsync(world.Time, Cancel);
            await keeper.SettledAsync();
            return keeper.Current!;
        }
    }

    [Fact]
    public async Task A_finder_that_drips_forever_costs_no_more_than_the_limit()
    {
        using var slow = new Publisher(world.Time) { Hangs = true };
        world.Finders.Insert(0, slow);
        world.Directory.Publish();
        await ServesAsync();
        Assert.Equal(1, world.Machines[0].Received);
        world.Finders.Remove(world.Directory);
        var keeper = Keeper();
        var asking = keeper.RenewAsync(world.Time, Cancel);
        await Real.Until(world.Time, TimeSpan.FromSeconds(1), () => asking.IsCompleted);
        Assert.Contains("no answer in time", (await Assert.ThrowsAsync<IOException>(() => asking)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_is_told_at_once()
    {
        var error = await FailsAsync();
        Assert.Contains("No service is known as service://quotes", error.Message, StringComparison.Ordinal);
        world.Finders.Clear();
        Assert.Contains("no directory is configured", (await FailsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_service_is_refused()
    {
        world.Directory.Publish(c => c with { Name = "other" });
        Assert.Equal(CertificateFault.WrongName, Assert.IsType<CertificateException>((await FailsAsync()).InnerException).Fault);
    }

    sealed class Liar(string does, ReadOnlyMemory<byte>? document) : CertificateFinder
    {
        public override string Description => "one that " + does;

        public override ValueTask<ImmutableArray<FoundCertificate>> FindAsync(ServiceName name, TimeProvider time, CancellationToken cancel) =>
            document is { } it ? new([new FoundCertificate(it, Description)]) : throw new IOException("broken");
    }
}
