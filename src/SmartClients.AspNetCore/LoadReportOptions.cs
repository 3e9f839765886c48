using Microsoft.AspNetCore.Http;
using SmartClients.Learning;
using SmartClients.Learning.Orca;

namespace SmartClients.AspNetCore;

/// <summary>How a server tells its load.</summary>
public sealed class LoadReportOptions
{
    /// <summary>The form of the reply header.</summary>
    /// <value>The default is <see cref="OrcaForm.Text"/>, the cheapest to read.</value>
    public OrcaForm Form { get; set; }

    /// <summary>Which replies carry a report: asked when the request arrives.</summary>
    /// <value>The default is <see langword="null"/>: all of them.</value>
    public Func<HttpContext, bool>? SendTo { get; set; }

    /// <summary>How often the processor, the memory and the rates are looked at.</summary>
    /// <value>The default is 1 second. 0.1 to 60 seconds.</value>
    public TimeSpan SampleInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Where the figures come from: looked at every <see cref="SampleInterval"/>, one look at a time. What it leaves out of
    /// requests in flight and application utilization is filled in; when it throws, the last figures stay.</summary>
    /// <value>The default is <see langword="null"/>: this process, with its share of the machine.</value>
    public Func<LoadReport>? Figures { get; set; }

    /// <summary>The longest time between two pushed events, for listeners that do not ask for another.</summary>
    /// <value>The default is 1 second. From <see cref="ShortestInterval"/> to <see cref="LongestInterval"/>.</value>
    public TimeSpan PushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The shortest interval that a listener may ask for, and the shortest time between two events.</summary>
    /// <value>The default is 0.1 seconds. At least 10 milliseconds.</value>
    public TimeSpan ShortestInterval { get; set; } = TimeSpan.FromSeconds(0.1);

    /// <summary>The longest interval that a listener may ask for.</summary>
    /// <value>The default is 30 seconds. At most an hour.</value>
    public TimeSpan LongestInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A change that is told at once: of the utilization by this much, or of the requests in flight by this part of them.</summary>
    /// <value>The default is 0.1. Above 0, at most 1.</value>
    public double NoticeableChange { get; set; } = 0.1;

    /// <summary>The most listeners at a time; further ones get status 503.</summary>
    /// <value>The default is 256. 0 (no pushing) to 100,000.</value>
    public int MaxListeners { get; set; } = 256;

    internal void Validate()
    {
        Between(SampleInterval.TotalSeconds, 0.1, 60, "SampleInterval (seconds)");
        Between(ShortestInterval.TotalSeconds, 0.01, 3600, "ShortestInterval (seconds)");
        Between(LongestInterval.TotalSeconds, ShortestInterval.TotalSeconds, 3600, "LongestInterval (seconds)");
        Between(PushInterval.TotalSeconds, ShortestInterval.TotalSeconds, LongestInterval.TotalSeconds, "PushInterval (seconds)");
        Between(NoticeableChange, double.Epsilon, 1, "NoticeableChange");
        Between(MaxListeners, 0, 100_000, "MaxListeners");
        if (!Enum.IsDefined(Form)) throw new ArgumentException($"LoadReportOptions.Form is {Form}: use Text, Json or Binary.");
    }

    static void Between(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentException(FormattableString.Invariant($"LoadReportOptions.{name} is {value}: it must be from {least} to {most}."));
    }
}
