using Microsoft.Extensions.Options;
using SmartClients.Learning;
using SmartClients.Learning.Orca;

namespace SmartClients.AspNetCore;

/// <summary>
/// The server's load: requests in flight as they are now, how long one takes at such a load, and what a timer looks at (processor, memory, rates). A singleton of the
/// service provider; safe for concurrent use.
/// </summary>
public sealed class LoadState : IDisposable
{
    readonly LoadReportOptions options;
    readonly MachineSampler machine;
    readonly LatencyAtLoad latencies;
    readonly ITimer timer;
    double application = double.NaN;
    long requests;
    long errors;
    int inFlight;
    int looking;
    LoadReport sample;
    LoadHeader? written;

    /// <summary>Begins to watch the load.</summary>
    /// <param name="options">How the load is told.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LoadState(IOptions<LoadReportOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        this.options = options.Value;
        this.options.Validate();
        machine = new MachineSampler(time);
        latencies = new LatencyAtLoad(time);
        sample = this.options.Figures?.Invoke() ?? new LoadReport { MemoryUtilization = MachineSampler.Memory };
        timer = time.CreateTimer(static self => ((LoadState)self!).Look(), this, this.options.SampleInterval, this.options.SampleInterval);
    }

    /// <summary>Requests being worked on now; asking for the load or the health is not counted.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>
    /// The application's own measure of how full it is: clients prefer it to the processor's. A queue's length over its limit, say,
    /// or the larger of the processor's and a connection pool's.
    /// </summary>
    /// <value>0 is idle, 1 is full, above 1 is overloaded, at most 1,000. The default is <see langword="null"/>: nothing is said.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double? ApplicationUtilization
    {
        get => Volatile.Read(ref application) is var value && double.IsNaN(value) ? null : value;
        set
        {
            if (value is not (null or >= 0 and <= 1000)) throw new ArgumentOutOfRangeException(nameof(value), value, "It must be from 0 to 1,000, or null.");
            Volatile.Write(ref application, value ?? double.NaN);
        }
    }

    /// <summary>The load now.</summary>
    public LoadReport Report
    {
        get
        {
            var report = With(InFlight);
            // Told to who asks or listens, and not on every reply: the header would be another one each time.
            return report.Latency is null ? report with { Latency = latencies.Estimate(InFlight) } : report;
        }
    }

    /// <summary>A request has come.</summary>
    /// <returns>How many others are being worked on.</returns>
    internal int Began() => Interlocked.Increment(ref inFlight) - 1;

    /// <summary>A request has ended.</summary>
    /// <param name="failed">Whether that is an error of the server.</param>
    /// <param name="others">What <see cref="Began"/> gave.</param>
    /// <param name="took">How long it was here.</param>
    /// <param name="well">Whether it came to its end.</param>
    internal void Ended(bool failed, int others, TimeSpan took, bool well)
    {
        latencies.Add(others, took, well);
        Interlocked.Decrement(ref inFlight);
        Interlocked.Increment(ref requests);
        if (failed) Interlocked.Increment(ref errors);
    }

    /// <summary>The value of the header of a reply. Most replies between two samples share one string.</summary>
    /// <param name="others">Requests in flight without the one that is answered: it is over when the client reads this.</param>
    /// <param name="cost">What the request cost, if the application said so.</param>
    internal string Header(int others, double? cost)
    {
        if (cost is not null) return OrcaWriter.Format(With(others) with { RequestCost = cost }, options.Form);
        var (now, full) = (Volatile.Read(ref sample), Volatile.Read(ref application));
        if (Volatile.Read(ref written) is { } last && last.IsFor(now, full, others)) return last.Text;
        var next = new LoadHeader(now, full, others, OrcaWriter.Format(With(others), options.Form));
        Volatile.Write(ref written, next);
        return next.Text;
    }

    LoadReport With(int count)
    {
        var figures = Volatile.Read(ref sample);
        return figures with
        {
            RequestsInFlight = figures.RequestsInFlight ?? count,
            ApplicationUtilization = ApplicationUtilization ?? figures.ApplicationUtilization,
        };
    }

    void Look()
    {
        // A timer does not wait for its last tick: one that finds a look going on leaves it alone.
        if (Interlocked.Exchange(ref looking, 1) != 0) return;
        try
        {
            Volatile.Write(ref sample, options.Figures?.Invoke() ?? machine.Next(Interlocked.Read(ref requests), Interlocked.Read(ref errors)));
        }
        catch (Exception)
        {
            // Nobody above a timer could take it, and the next look may succeed; the clients let old figures fade.
        }
        finally
        {
            Volatile.Write(ref looking, 0);
        }
    }

    /// <summary>Ends the watch.</summary>
    public void Dispose() => timer.Dispose();
}
