using ScottPlot;

namespace SmartClients.Plots;

/// <summary>A plot that is written as SVG and as PNG.</summary>
internal sealed class Picture
{
    const int Width = 900;
    const int Height = 500;

    public Picture(string title, string across, string up)
    {
        Plot.Title(title);
        Plot.XLabel(across);
        Plot.YLabel(up);
        Plot.Legend.Alignment = Alignment.UpperLeft;
    }

    public Plot Plot { get; } = new();

    /// <summary>A line through points.</summary>
    public void Line(string name, IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        var line = Plot.Add.ScatterLine(xs.ToArray(), ys.ToArray());
        (line.LegendText, line.LineWidth) = (name, 1.5f);
    }

    /// <summary>Points joined by lines.</summary>
    public void Points(string name, IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        var points = Plot.Add.Scatter(xs.ToArray(), ys.ToArray());
        (points.LegendText, points.MarkerSize) = (name, 6);
    }

    /// <summary>Points that nothing joins, larger and hollow.</summary>
    public void Marks(string name, IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        var marks = Plot.Add.ScatterPoints(xs.ToArray(), ys.ToArray());
        (marks.LegendText, marks.MarkerSize, marks.MarkerShape) = (name, 11, MarkerShape.OpenDiamond);
    }

    /// <summary>Up the page begins at zero. After what is to be seen was added.</summary>
    public void FromZero()
    {
        Plot.Axes.AutoScale();
        Plot.Axes.SetLimitsY(0, Plot.Axes.GetLimits().Top);
    }

    /// <summary>Up the page in powers of ten; what is plotted are logarithms.</summary>
    public void LogarithmicUp() => Plot.Axes.Left.TickGenerator = Decades();

    /// <summary>Across the page in powers of ten.</summary>
    public void LogarithmicAcross() => Plot.Axes.Bottom.TickGenerator = Decades();

    /// <summary>Writes <c>name.svg</c> and <c>name.png</c> into a folder.</summary>
    public IReadOnlyList<string> Save(string folder, string name)
    {
        Plot.ShowLegend();
        var (svg, png) = (Path.Combine(folder, name + ".svg"), Path.Combine(folder, name + ".png"));
        Plot.SaveSvg(svg, Width, Height);
        Plot.SavePng(png, Width, Height);
        return [svg, png];
    }

    static ScottPlot.TickGenerators.NumericAutomatic Decades() => new()
    {
        IntegerTicksOnly = true,
        LabelFormatter = static exponent => Math.Pow(10, exponent).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture),
        MinorTickGenerator = new ScottPlot.TickGenerators.LogMinorTickGenerator(),
    };
}
