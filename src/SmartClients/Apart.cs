namespace SmartClients;

/// <summary>Begins work that a request brings about and that is no part of it: nothing of the request's context goes along.</summary>
internal static class Apart
{
    public static TTask Begin<TTask>(Func<TTask> work) where TTask : Task
    {
        var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        try
        {
            return work();
        }
        finally
        {
            flow.Dispose();
        }
    }
}
