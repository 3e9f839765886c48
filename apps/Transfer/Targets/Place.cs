namespace SmartClients.Transfer.Targets;

/// <summary>Where a file goes, as it is found there.</summary>
/// <param name="Path">The file itself: a link is followed, so that it stays and leads to the new file.</param>
/// <param name="IsSpecial">Whether that is a device or a named pipe: it is written into, and never replaced.</param>
internal readonly record struct Place(string Path, bool IsSpecial)
{
    /// <summary>Looks at a place.</summary>
    /// <exception cref="IOException">Its links lead nowhere: in a circle.</exception>
    public static Place Of(string path)
    {
        // What stands behind /dev/stdout has no name that could be opened: links of that kind are for the kernel to follow.
        if (FileKind.IsSpecial(path)) return new Place(path, true);
        return new Place(new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path, false);
    }

    /// <summary>Opens what is written into, once somebody reads there.</summary>
    public async Task<Stream> OpenAsync(CancellationToken cancel)
    {
        var path = Path;
        // To open a named pipe that nobody reads takes until somebody does, and cannot be called off.
        return await Task.Run(() => new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), cancel).WaitAsync(cancel).ConfigureAwait(false);
    }
}
