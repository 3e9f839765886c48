using System.Runtime.InteropServices.JavaScript;

namespace SmartClients.Chat.Web.Browser;

/// <summary>The browser's storage of this page's origin.</summary>
internal static partial class LocalStorage
{
    /// <summary>What is kept; <see langword="null"/> for nothing.</summary>
    [JSImport("read", "storage")]
    public static partial string? Read(string key);

    /// <summary>Keeps something.</summary>
    /// <returns>Whether there was room, and leave, to.</returns>
    [JSImport("write", "storage")]
    public static partial bool Write(string key, string value);
}
