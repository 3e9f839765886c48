using System.Collections.Immutable;

namespace SmartClients.Naming;

/// <summary>What a name is opened with.</summary>
/// <param name="Names">The table that it is opened by: a certificate's own sources are opened by the same one.</param>
/// <param name="DefaultPort">For addresses that name no port; <see langword="null"/> where a port must be given.</param>
public sealed record Opening(Names Names, int? DefaultPort = null)
{
    /// <summary>The thumbprint of the key that must have signed any document of members; <see langword="null"/> where none need be signed.
    /// A form whose members come in no document refuses to be opened with it.</summary>
    public string? SignedBy { get; init; }

    /// <summary>The bare name of the service whose certificate names the source: a signed document of members must be of this service.
    /// <see langword="null"/> where no certificate does.</summary>
    public string? Service { get; init; }

    /// <summary>The members known so far, for sources that ask one of them; <see langword="null"/> where there are none to ask.</summary>
    public Func<ImmutableArray<Endpoint>>? Known { get; init; }

    /// <summary>How the members are asked where <see cref="Known"/> is: <c>http</c> or <c>https</c>; <see langword="null"/> leaves it to the source.</summary>
    public string? Scheme { get; init; }

    /// <summary>Which addresses a name may lead to.</summary>
    public AddressRules Addresses { get; init; } = AddressRules.Default;
}
