namespace SmartClients.Cli.Shell;

/// <summary>What threads of the pool do that have nothing to do.</summary>
internal static class IdleThreads
{
    const string SpinLimit = "System.Threading.ThreadPool.UnfairSemaphoreSpinLimit";

    /// <summary>They sleep at once, rather than look out for work for a while: where work comes every millisecond, as the bytes of a download
    /// do, looking out costs as much again as the work. The pool asks once, when it is first used.</summary>
    public static void SleepAtOnce() => AppContext.SetData(SpinLimit, "0");
}
