namespace SmartClients.Kubernetes;

/// <summary>How a cluster's API server is reached. Immutable.</summary>
public sealed record KubernetesOptions
{
    /// <summary>The file that tells of the API server and of who asks.</summary>
    /// <value>The default is <see langword="null"/>: the file that <c>KUBECONFIG</c> names or <c>~/.kube/config</c>, else the service
    /// account of the pod that the program runs in.</value>
    public string? KubeConfig { get; init; }

    /// <summary>Which of that file's contexts counts; only with <see cref="KubeConfig"/>.</summary>
    /// <value>The default is <see langword="null"/>: the one that the file says is current.</value>
    public string? Context { get; init; }

    /// <summary>How long one watch lasts before it is begun anew where it ended: a connection that hangs silently is noticed within
    /// this time and ten seconds.</summary>
    /// <value>The default is 1 minute. 1 second to 1 hour.</value>
    public TimeSpan WatchTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the API server may take to answer a question, or to begin a watch.</summary>
    /// <value>The default is 10 seconds. 100 milliseconds to 1 hour.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it and the range.</exception>
    public void Validate()
    {
        if (WatchTime < TimeSpan.FromSeconds(1) || WatchTime > TimeSpan.FromHours(1))
            throw new ArgumentException($"KubernetesOptions.WatchTime is {WatchTime}: it must be from 1 second to 1 hour.");
        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromHours(1))
            throw new ArgumentException($"KubernetesOptions.Timeout is {Timeout}: it must be from 100 milliseconds to 1 hour.");
        if (Context is not null && KubeConfig is null)
            throw new ArgumentException($"KubernetesOptions.Context is '{Context}' without KubeConfig: name the file that has it.");
    }
}
