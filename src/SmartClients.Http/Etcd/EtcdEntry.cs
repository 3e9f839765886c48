namespace SmartClients.Http.Etcd;

/// <summary>One key as etcd tells it.</summary>
/// <param name="Address">The member's address, from the key.</param>
/// <param name="Revision">When it was last changed.</param>
/// <param name="Value">What it holds; <see langword="null"/> when it was deleted.</param>
internal readonly record struct EtcdEntry(string Address, long Revision, byte[]? Value);
