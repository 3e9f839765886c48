using SmartClients.Naming;

namespace SmartClients.Kubernetes;

/// <summary>Names of the form <c>k8s:SERVICE.NAMESPACE</c>.</summary>
public static class KubernetesNamesExtensions
{
    /// <summary>The same table, with <c>k8s:</c> in it.</summary>
    /// <param name="names">The table so far.</param>
    /// <param name="options">How the cluster is reached; the defaults when left out.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Names WithKubernetes(this Names names, KubernetesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        options ??= new KubernetesOptions();
        options.Validate();
        return names.With(KubernetesName.Form, (name, opening) => opening.SignedBy is null ? new KubernetesNames(name.Value, options, opening.Addresses)
            : throw new FormatException($"The members of '{name}' cannot be signed: the cluster keeps them."));
    }
}
