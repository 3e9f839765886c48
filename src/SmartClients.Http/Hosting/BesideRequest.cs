namespace SmartClients.Http.Hosting;

/// <summary>A request that already names its replica: the director is passed by.</summary>
internal sealed class BesideRequest : HttpRequestMessage
{
    public BesideRequest(HttpRequestMessage question) : base(question.Method, question.RequestUri)
    {
        (Version, VersionPolicy) = (question.Version, question.VersionPolicy);
        foreach (var (name, values) in question.Headers.NonValidated) Headers.TryAddWithoutValidation(name, values);
    }
}
