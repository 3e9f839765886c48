using System.Text;

namespace SmartClients.Learning.Orca;

/// <summary>
/// Writes load reports in the forms of ORCA, exactly: what <see cref="OrcaReader"/> reads back is equal. Figures that no reader would
/// believe are left out. Safe for concurrent use.
/// </summary>
public static class OrcaWriter
{
    /// <summary>The value for an <c>endpoint-load-metrics</c> header; empty when the report has no figures.</summary>
    /// <remarks>In <see cref="OrcaForm.Binary"/> a zero is left out, except for requests in flight, latency and cost: proto3 cannot tell a
    /// zero from a missing figure.</remarks>
    public static string Format(LoadReport report, OrcaForm form = OrcaForm.Text)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (!report.HasFigures) return "";
        return form switch
        {
            OrcaForm.Text => TextForm.Write(report),
            OrcaForm.Json => OrcaReader.JsonPrefix + Encoding.UTF8.GetString(JsonForm.Write(report)),
            OrcaForm.Binary => OrcaReader.BinaryPrefix + Convert.ToBase64String(BinaryForm.Write(report)),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "Use Text, Json or Binary."),
        };
    }

    /// <summary>The report in JSON, in UTF-8 and without a prefix.</summary>
    public static byte[] Json(LoadReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonForm.Write(report);
    }

    /// <summary>The report as a protobuf message.</summary>
    public static byte[] Binary(LoadReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return BinaryForm.Write(report);
    }
}
