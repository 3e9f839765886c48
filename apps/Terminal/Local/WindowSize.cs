namespace SmartClients.Terminals.Local;

/// <summary>How large a terminal is, in characters.</summary>
internal readonly record struct WindowSize(ushort Rows, ushort Columns)
{
    public static WindowSize Usual { get; } = new(24, 80);

    /// <summary>The size of an open terminal; the usual one where it tells none.</summary>
    public static unsafe WindowSize Of(int file)
    {
        var size = stackalloc ushort[4];
        return LibC.Control(file, LibC.GetWindowSize, size) == 0 && size[0] > 0 && size[1] > 0 ? new WindowSize(size[0], size[1]) : Usual;
    }

    /// <summary>Gives an open terminal this size; its foreground processes are told by SIGWINCH.</summary>
    public unsafe void Apply(int file)
    {
        var size = stackalloc ushort[] { Rows, Columns, 0, 0 };
        _ = LibC.Control(file, LibC.SetWindowSize, size);
    }
}
