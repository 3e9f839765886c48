using System.IO.MemoryMappedFiles;

namespace SmartClients.Fuzz;

/// <summary>Keeps the input that is being read in a file, so that it is known even when the process dies of it (a stack that overflows
/// cannot be caught).</summary>
internal sealed class BlackBox : IDisposable
{
    const int Capacity = 1 << 20;

    readonly string path;
    readonly MemoryMappedFile file;
    readonly MemoryMappedViewAccessor view;

    public BlackBox(string folder)
    {
        path = Path.Combine(folder, "last-input.bin");
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, Capacity);
        view = file.CreateViewAccessor();
    }

    /// <summary>The first four bytes tell the length, the lowest first.</summary>
    public void Keep(byte[] input)
    {
        var length = Math.Min(input.Length, Capacity - 4);
        view.Write(0, length);
        view.WriteArray(4, input, 0, length);
    }

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
        File.Delete(path);
    }
}
