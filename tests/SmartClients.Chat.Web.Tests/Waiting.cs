namespace SmartClients.Chat.Web.Tests;

/// <summary>Nothing is waited for without an end: a browser that does not answer fails the test that asked it, and says what for.</summary>
internal static class Waiting
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"Waited in vain for {what}.", error);
        }
    }

    public static Task Within(this Task task, string what)
    {
        return WithResultAsync().Within(what);

        async Task<bool> WithResultAsync()
        {
            await task;
            return true;
        }
    }
}
