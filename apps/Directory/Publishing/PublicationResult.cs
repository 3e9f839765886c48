namespace SmartClients.Directories.Publishing;

/// <summary>What became of one certificate.</summary>
/// <param name="Name">Its service.</param>
/// <param name="Publication">How it was taken in; <see langword="null"/> where it was refused.</param>
/// <param name="Refusal">Why it was refused: a <see cref="Naming.Certificates.CertificateException"/> or a <see cref="DirectoryFullException"/>.</param>
internal sealed record PublicationResult(string Name, Publication? Publication, Exception? Refusal);
