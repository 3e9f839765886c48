namespace SmartClients.Terminals.Loads;

/// <summary>How the load of machines is learnt.</summary>
public enum LoadSource
{
    /// <summary>From the agent, and by ssh where there is none.</summary>
    Auto,

    /// <summary>From the agent only.</summary>
    Agent,

    /// <summary>By one ssh command.</summary>
    Ssh,

    /// <summary>Not at all: the policy goes by what else it knows.</summary>
    None,
}
