using CsCheck;
using SmartClients.Learning;
using SmartClients.Learning.Orca;
using Xunit;

namespace SmartClients.Tests.Learning.Orca;

/// <summary>Whatever comes in, reading neither throws nor believes nonsense; whatever is written is read back.</summary>
public class OrcaProperties
{
    static readonly Gen<double?> Utilization = Gen.OneOf(Gen.Const((double?)null), Gen.Double[1e-9, 1000].Select(d => (double?)d));
    static readonly Gen<double?> Amount = Gen.OneOf(Gen.Const((double?)null), Gen.Double[1e-9, 1e12].Select(d => (double?)d), Gen.Int[1, 5000].Select(i => (double?)i));

    static readonly Gen<LoadReport> Reports =
        Gen.Select(Utilization, Utilization, Utilization, Amount, Amount, Amount, Amount, Amount)
            .Select(f => new LoadReport
            {
                CpuUtilization = f.Item1,
                MemoryUtilization = f.Item2,
                ApplicationUtilization = f.Item3,
                RequestsPerSecond = f.Item4,
                ErrorsPerSecond = f.Item5,
                RequestsInFlight = f.Item6,
                RequestCost = f.Item7,
                Latency = f.Item8,
            })
            .Where(r => r.HasFigures);

    // Pieces of well-formed reports, strung together at random, get further into a reader than random characters do.
    static readonly Gen<string> Shreds = OneOf(
        "TEXT ", "JSON ", "BIN ", "cpu_utilization", "named_metrics.", "requests_in_flight", "latency_ms", "request_cost", "request", "=", ":", ",", " ", "0.3", "-1",
        "1e999", "NaN", "{", "}", "[", "]", "\"", "\\u0", "\\", "null", "true", "\"cpu_utilization\":", "\"named_metrics\":{", "CTMz", "MzM9M/", "\0", "é", "\ud800")
        .Array[0, 40].Select(string.Concat);

    [Fact]
    public void What_is_written_is_read_back_in_every_form() =>
        Gen.Select(Reports, Gen.Enum<OrcaForm>()).Sample((report, form) =>
            OrcaReader.TryParse(OrcaWriter.Format(report, form), out var back) && back == report, iter: 2_000);

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Gen.Select(OneOf("", "TEXT ", "JSON ", "BIN "), Gen.OneOf(Gen.String, Shreds)).Sample((prefix, text) => IsSound(prefix + text), iter: 20_000);

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            return IsSound(OrcaReader.TryParseJson(bytes, out var json), json)
                && IsSound(OrcaReader.TryParseBinary(bytes, out var binary), binary)
                && IsSound("BIN " + Convert.ToBase64String(bytes));
        }, iter: 20_000);

    [Fact]
    public void A_damaged_message_is_read_or_refused() =>
        Gen.Select(Reports, Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 200]).Sample((report, place, value, length) =>
        {
            foreach (var bytes in new[] { OrcaWriter.Binary(report), OrcaWriter.Json(report) })
            {
                if (bytes.Length == 0) continue;
                bytes[place % bytes.Length] = value;
                var cut = bytes.AsSpan(0, Math.Min(length, bytes.Length));
                if (!IsSound(OrcaReader.TryParseBinary(cut, out var binary), binary)) return false;
                if (!IsSound(OrcaReader.TryParseJson(cut, out var json), json)) return false;
            }
            return true;
        }, iter: 20_000);

    static bool IsSound(string value) => IsSound(OrcaReader.TryParse(value, out var report), report);

    static bool IsSound(bool read, LoadReport? report) =>
        report is null
            ? !read
            : read
                && new[] { report.CpuUtilization, report.MemoryUtilization, report.ApplicationUtilization }.All(f => f is null or >= 0 and <= 1000)
                && new[] { report.RequestsPerSecond, report.ErrorsPerSecond, report.RequestsInFlight, report.Latency, report.RequestCost }
                    .All(f => f is null or >= 0 and <= 1e12);

    static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
