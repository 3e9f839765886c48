namespace SmartClients.Tests.World;

/// <summary>A result that counts how often it was disposed.</summary>
internal sealed class Disposing(string from) : IDisposable
{
    public string From => from;

    public int Disposals { get; private set; }

    public void Dispose() => Disposals++;
}
