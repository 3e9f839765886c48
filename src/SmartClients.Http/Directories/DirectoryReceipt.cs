namespace SmartClients.Http.Directories;

/// <summary>What one directory said to a publication.</summary>
/// <param name="Directory">Its address.</param>
/// <param name="Stored">Whether it has the certificate now, and has it safe.</param>
/// <param name="Status">Its HTTP status; <see langword="null"/> where it did not answer.</param>
/// <param name="Said">What it said, for people: <c>created</c>, <c>replaced</c>, <c>same</c>, or why it refused or could not be reached.
/// Where it comes from the network, it may hold anything.</param>
public sealed record DirectoryReceipt(string Directory, bool Stored, int? Status, string Said);
