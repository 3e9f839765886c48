using SmartClients.Fuzz;
using SmartClients.Fuzz.Targets;

var time = TimeProvider.System;
Arguments asked;
try
{
    asked = Arguments.Parse(args, time);
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

FuzzTarget[] all =
[
    new NamesTarget(), new CertificatesTarget(), new EnvelopesTarget(), new ForgedEnvelopesTarget(), new MembersTarget(), new SignedMembersTarget(),
    new OrcaTarget(), new EventStreamsTarget(), new StateTarget(), new EtcdTarget(), new SlicesTarget(), new DirectoryAnswersTarget(),
    new DnsTextTarget(), new DnsAnswersTarget(), new FtpRepliesTarget(), new FtpAnswersTarget(), new ListingsTarget(),
    new ContentRangesTarget(), new LoginFilesTarget(), new ScenariosTarget(), new TerminalMarksTarget(), new TelnetTarget(),
    new LoadAverageTarget(), new MetalinkTarget(), new ManifestTarget(), new LinkHeadersTarget(), new ControlTarget(), new ChatTarget(),
];
var targets = asked.Target is { } one ? Array.FindAll(all, target => target.Name == one) : all;
if (targets.Length == 0)
{
    Console.Error.WriteLine($"There is no target '{asked.Target}': {string.Join(", ", all.Select(target => target.Name))}.");
    return 2;
}

Directory.CreateDirectory(asked.Folder);
var findings = new Findings(asked.Folder, asked.Seed);
var inputs = 0L;
Console.WriteLine($"fuzz: seed {asked.Seed}, {asked.Seconds:0.#} s for {targets.Length} targets");
using (var box = new BlackBox(asked.Folder))
using (var watchdog = new Watchdog(time, (target, input) =>
{
    findings.Hang(target, input);
    Console.WriteLine($"fuzz: {inputs} inputs, {findings.Crashes} crashes, {findings.Hangs} hangs");
}))
{
    for (var i = 0; i < targets.Length; i++)
    {
        var campaign = new Campaign(targets[i], asked.Seed + i, time, watchdog, box, findings);
        var since = time.GetTimestamp();
        if (asked.Input is { } file) Console.WriteLine(campaign.Feed(File.ReadAllBytes(file)));
        else campaign.Run(TimeSpan.FromSeconds(asked.Seconds / targets.Length));
        inputs += campaign.Inputs;
        Console.WriteLine($"  {targets[i].Name,-18}{campaign.Inputs / time.GetElapsedTime(since).TotalSeconds,10:0} inputs/s  {campaign.Inputs,10} inputs  {campaign.Outcomes,5} outcomes");
    }
}
foreach (var target in all.OfType<IDisposable>()) target.Dispose();
Console.WriteLine($"fuzz: {inputs} inputs, {findings.Crashes} crashes, {findings.Hangs} hangs");
return findings.Crashes + findings.Hangs == 0 ? 0 : 1;
