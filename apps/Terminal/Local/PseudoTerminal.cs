using System.Runtime.InteropServices;
using System.Text;

namespace SmartClients.Terminals.Local;

/// <summary>A pseudo-terminal: our end of it, and the name of the other.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    int file;

    PseudoTerminal(int file, string name) => (this.file, Name) = (file, name);

    /// <summary>The path of the end that a process has for its terminal.</summary>
    public string Name { get; }

    /// <exception cref="IOException">The system has none left.</exception>
    public static unsafe PseudoTerminal Open(WindowSize size)
    {
        var file = LibC.OpenPseudoTerminal(LibC.ReadWrite | LibC.NoControllingTerminal | LibC.CloseOnExec);
        var name = stackalloc byte[128];
        if (file < 0 || LibC.Grant(file) != 0 || LibC.Unlock(file) != 0 || LibC.Name(file, name, 128) != 0)
        {
            var error = Marshal.GetLastPInvokeErrorMessage();
            if (file >= 0) _ = LibC.Close(file);
            throw new IOException($"No pseudo-terminal can be had: {error}.");
        }
        size.Apply(file);
        return new PseudoTerminal(file, Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)));
    }

    public void Resize(WindowSize size) => size.Apply(file);

    /// <summary>The settings of the terminal, byte for byte.</summary>
    public unsafe byte[] Attributes()
    {
        var termios = new byte[LibC.TermiosSize];
        fixed (byte* at = termios) _ = LibC.GetAttributes(file, at);
        return termios;
    }

    /// <summary>Waits for output, for a quarter of a second at most.</summary>
    /// <returns>The bytes read; 0 when none came; -1 when nobody has the other end open any more.</returns>
    public unsafe int Read(Span<byte> buffer)
    {
        var poll = new LibC.PollFile { File = file, Events = LibC.Readable };
        if (LibC.Poll(&poll, 1, 250) <= 0) return 0;
        fixed (byte* at = buffer)
        {
            var count = LibC.Read(file, at, buffer.Length);
            return count > 0 ? (int)count : -1;
        }
    }

    /// <summary>Writes input; gives up silently when nobody is there to read it.</summary>
    public unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* at = bytes)
            for (nint done = 0; done < bytes.Length;)
            {
                var count = LibC.Write(file, at + done, bytes.Length - done);
                if (count <= 0) return;
                done += count;
            }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref file, -1) is >= 0 and var open) _ = LibC.Close(open);
    }
}
