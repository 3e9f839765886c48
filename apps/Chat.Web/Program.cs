using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

// Nothing happens by itself: the page calls (Browser/PageCalls.cs).
return 0;
