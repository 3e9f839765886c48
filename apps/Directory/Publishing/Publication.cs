namespace SmartClients.Directories.Publishing;

/// <summary>What became of an accepted certificate.</summary>
internal enum Publication
{
    /// <summary>Nobody had taken the name.</summary>
    Created,

    /// <summary>It took the place of an older one.</summary>
    Replaced,

    /// <summary>It is here already.</summary>
    Same,
}
