namespace SmartClients.Transfer.Resuming;

/// <summary>A mirror that delivered.</summary>
/// <param name="Address">Its address.</param>
/// <param name="FileVersion">What it called the version of the file.</param>
internal sealed record ControlMirror(string Address, string? FileVersion);
