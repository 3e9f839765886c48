namespace SmartClients.Transfer.Protocols;

/// <summary>Who asks.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Password">The password; <see langword="null"/> when there is none.</param>
public sealed record Login(string User, string? Password = null)
{
    /// <summary>The user's name; never the password.</summary>
    public override string ToString() => User;
}
