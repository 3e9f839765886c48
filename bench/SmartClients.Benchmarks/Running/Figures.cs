namespace SmartClients.Benchmarks.Running;

/// <summary>What one run of one variant measured: case (<c>10 endpoints</c>) → figure (<c>ns</c>) → value.</summary>
sealed class Figures : Dictionary<string, Dictionary<string, double>>
{
    public void Set(string @case, string figure, double value)
    {
        if (!TryGetValue(@case, out var figures)) this[@case] = figures = [];
        figures[figure] = value;
    }
}
