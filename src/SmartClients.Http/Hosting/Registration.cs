namespace SmartClients.Http.Hosting;

/// <summary>One call of <c>AddSmartClient</c>.</summary>
internal sealed record Registration(string Client, string Service);
