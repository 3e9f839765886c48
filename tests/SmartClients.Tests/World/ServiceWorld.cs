using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Naming.Certified;
using SmartClients.Naming.State;

namespace SmartClients.Tests.World;

/// <summary>Machines behind <c>service://quotes</c>, the directory that has its certificate, a scripted source of members, and the state
/// that one process leaves to the next.</summary>
internal sealed class ServiceWorld : IDisposable
{
    readonly List<ScriptedNames> sources = [];

    public ServiceWorld(int machines = 3)
    {
        Machines = new TestWorld(machines);
        Directory = new Publisher(Machines.Time);
        Finders = [Directory];
    }

    public TestWorld Machines { get; }

    public VirtualTime Time => Machines.Time;

    public Publisher Directory { get; }

    public List<CertificateFinder> Finders { get; }

    public MemoryState State { get; } = new();

    public List<string> Warnings { get; } = [];

    public AddressRules Addresses { get; set; } = AddressRules.Default;

    /// <summary>The sources that certificates name as <c>script:0</c>, <c>script:1</c>, …</summary>
    public ScriptedNames Source(int index = 0)
    {
        lock (sources)
        {
            while (sources.Count <= index) sources.Add(new ScriptedNames());
            return sources[index];
        }
    }

    /// <summary>A table as a new process has it: nothing of an earlier one is in it but the state.</summary>
    public Names Names(StateStore? state = null) => SmartClients.Naming.Names.Core
        .With("script", (name, _) => Source(int.Parse(name.Value, System.Globalization.CultureInfo.InvariantCulture)))
        .WithServices(new CertifiedNamesOptions { Finders = [.. Finders], State = state ?? State, Time = Time, Random = new Random(1), Warn = Warn });

    /// <summary>A director as a new process makes it.</summary>
    public Director Director(string name = "service://quotes", Names? names = null, Func<DirectorOptions, DirectorOptions>? tweak = null)
    {
        var source = (names ?? Names()).Open(ServiceName.Parse(name), new Opening(names ?? Names()) { Addresses = Addresses });
        return Machines.Director(o => (tweak ?? (same => same))(o with { State = State, StateName = name, Hedge = false }), source: source);
    }

    /// <summary>One request, while time runs on and other threads do their part.</summary>
    public async Task<string> SendAsync(Director director)
    {
        var sent = director.SendAsync(Machines.Ask, null, CancellationToken.None).AsTask();
        await Real.Until(Time, TimeSpan.FromMilliseconds(10), () => sent.IsCompleted);
        return await sent;
    }

    void Warn(string text)
    {
        lock (Warnings) Warnings.Add(text);
    }

    public void Dispose() => Directory.Dispose();
}
