namespace SmartClients.Chat.Wire;

/// <summary>What a page finds beside itself as <c>page.json</c>.</summary>
/// <param name="Service">The service's name; a <c>members.json</c> beside the page when left out.</param>
/// <param name="Directories">Where its certificate is asked for.</param>
internal sealed record PageSettings(string? Service, string? Directories);
