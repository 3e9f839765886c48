namespace SmartClients.Plots;

/// <summary>A chart of series of points, for pages of results.</summary>
/// <param name="title">Above it.</param>
/// <param name="across">What goes across the page.</param>
/// <param name="up">What goes up the page.</param>
public sealed class Chart(string title, string across, string up)
{
    readonly List<(string Name, IReadOnlyList<double> Xs, IReadOnlyList<double> Ys)> series = [];
    readonly List<(string Name, IReadOnlyList<double> Xs, IReadOnlyList<double> Ys)> marks = [];

    /// <summary>Whether up the page is in powers of ten.</summary>
    public bool LogarithmicUp { get; init; }

    /// <summary>Whether across the page is in powers of ten.</summary>
    public bool LogarithmicAcross { get; init; }

    /// <summary>Whether up the page begins at zero, so that lengths can be compared.</summary>
    public bool FromZero { get; init; }

    /// <summary>Whether the names of the series stand at the right, where the left is full.</summary>
    public bool NamesAtRight { get; init; }

    /// <summary>Adds points joined by lines.</summary>
    public void Add(string name, IReadOnlyList<double> xs, IReadOnlyList<double> ys) => series.Add((name, xs, ys));

    /// <summary>Adds points that nothing joins: other people's figures.</summary>
    public void Mark(string name, IReadOnlyList<double> xs, IReadOnlyList<double> ys) => marks.Add((name, xs, ys));

    /// <summary>Writes <c>name.svg</c> and <c>name.png</c> into a folder, which is made if it is not there.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<string> Save(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        var picture = new Picture(title, across, up);
        if (LogarithmicUp) picture.LogarithmicUp();
        if (LogarithmicAcross) picture.LogarithmicAcross();
        foreach (var (its, xs, ys) in series) picture.Points(its, Scaled(xs, LogarithmicAcross), Scaled(ys, LogarithmicUp));
        foreach (var (its, xs, ys) in marks) picture.Marks(its, Scaled(xs, LogarithmicAcross), Scaled(ys, LogarithmicUp));
        if (FromZero) picture.FromZero();
        if (NamesAtRight) picture.Plot.Legend.Alignment = ScottPlot.Alignment.UpperRight;
        return picture.Save(folder, name);
    }

    static IReadOnlyList<double> Scaled(IReadOnlyList<double> values, bool logarithmic) => logarithmic ? [.. values.Select(v => Math.Log10(Math.Max(1e-9, v)))] : values;
}
