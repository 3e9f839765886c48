namespace SmartClients.Cli.Experiments.Links;

/// <summary>How a link of a limited rate is made on one machine.</summary>
internal enum LinkKind
{
    /// <summary>A network namespace for each server, with a veth pair whose far end is shaped by the kernel. Needs root on Linux.</summary>
    Namespaces,

    /// <summary>A relay in this process. Needs no rights.</summary>
    Relay,
}
