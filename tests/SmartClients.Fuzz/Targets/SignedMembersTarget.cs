using SmartClients.Naming.Certificates;

namespace SmartClients.Fuzz.Targets;

/// <summary>Signed members documents, of somebody who has the key.</summary>
internal sealed class SignedMembersTarget : FuzzTarget
{
    static readonly byte[] Payload = SignedMembers.Payload("quotes", 3, Samples.Now.AddDays(1), Samples.Certificate().Endpoints);

    readonly SignedMembers known = Read(Sections.Join(Sections.Header(SignedMembers.Type), Payload), null);

    public override string Name => "signed-members";

    public override IReadOnlyList<byte[]> Corpus { get; } = [Sections.Join(Sections.Header(SignedMembers.Type), Payload)];

    public override IReadOnlyList<string> Words { get; } = [.. Samples.CertificateWords, "\0", "\"members\":[", "\"serial\":2", "\"serial\":4"];

    public override string Feed(byte[] input)
    {
        var read = Read(input, known);
        Must(read.Key == Sections.Thumbprint() && read.Name == "quotes" && read.Serial >= known.Serial, "only what is the service's and no older is believed");
        return $"read {read.Members.Endpoints.Length} {read.Serial > known.Serial}";
    }

    public override bool Documents(Exception error) => error is CertificateException;

    static SignedMembers Read(byte[] input, SignedMembers? known) =>
        SignedMembers.Read(Sections.Envelope(input), "the input", Sections.Thumbprint(), "quotes", known, Samples.Now, (_, _, _) => true);
}
