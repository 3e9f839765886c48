using System.Globalization;
using SmartClients.Membership;

namespace SmartClients.Cli.Output;

/// <summary>How figures are written for people.</summary>
internal static class Words
{
    public static string Milliseconds(double? ms) => ms is { } value ? value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) : "-";

    public static string Percent(double share) => share.ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Age(TimeSpan? age) => age switch
    {
        null => "-",
        { TotalSeconds: < 1 } a => a.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
        { TotalMinutes: < 2 } a => a.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { } a => a.TotalMinutes.ToString("0", CultureInfo.InvariantCulture) + " min",
    };

    public static string State(ReplicaStatus status) =>
        status.Cause.Length > 0 ? $"{State(status.State)}: {status.Cause}" : State(status.State);

    public static string State(ReplicaState state) => state switch
    {
        ReplicaState.Up => "up",
        ReplicaState.Warming => "warming",
        ReplicaState.Resting => "resting",
        ReplicaState.Ejected => "ejected",
        ReplicaState.OnTrial => "on trial",
        ReplicaState.Leaving => "leaving",
        _ => "gone",
    };
}
