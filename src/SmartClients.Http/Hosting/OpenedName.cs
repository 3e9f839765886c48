using SmartClients.Naming;

namespace SmartClients.Http.Hosting;

/// <summary>The source that a name was opened to. Any two are equal, for what makes two plans equal is their names.</summary>
internal sealed record OpenedName(NameSource Source)
{
    public bool Equals(OpenedName? other) => other is not null;

    public override int GetHashCode() => 0;
}
