using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using SmartClients.Learning;
using SmartClients.Learning.Orca;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Tests.Learning.Orca;

public class OrcaReaderTests
{
    static readonly LoadReport Full = new()
    {
        CpuUtilization = 0.3,
        MemoryUtilization = 0.8,
        ApplicationUtilization = 0.7,
        RequestsPerSecond = 1000,
        ErrorsPerSecond = 2,
        RequestsInFlight = 12,
        Latency = 8.5,
        RequestCost = 1.5,
    };

    // Encoded by hand from the .proto file: field 1 double 0.5; field 8 entry {1: "requests_in_flight", 2: 12.0}.
    const string ByHand = "09000000000000E03F421D0A1272657175657374735F696E5F666C69676874110000000000002840";

    [Theory]
    [InlineData("TEXT cpu_utilization=0.3, mem_utilization=0.8, application_utilization=0.7, rps_fractional=1000, eps=2, named_metrics.requests_in_flight=12, named_metrics.latency_ms=8.5, request_cost.request=1.5")]
    [InlineData("TEXT cpu_utilization:0.3,mem_utilization:0.8,application_utilization:0.7,rps_fractional:1000,eps:2,named_metrics.requests_in_flight:12,named_metrics.latency_ms:8.5,request_cost.request:1.5")]
    [InlineData("TEXT  ,rps = 1000 , cpu_utilization = 0.3,, mem_utilization=8e-1,application_utilization=0.7,eps=2,utilization.disk=0.1,named_metrics.requests_in_flight=12,request_cost.request=1.5,named_metrics.latency_ms=8.5,")]
    [InlineData("""JSON {"cpu_utilization":0.3,"mem_utilization":0.8,"application_utilization":0.7,"rps_fractional":1000,"eps":2,"named_metrics":{"latency_ms":8.5,"requests_in_flight":12,"queue":3},"request_cost":{"request":1.5}}""")]
    [InlineData("""JSON {"cpuUtilization":"0.3","memUtilization":0.8,"applicationUtilization":0.7,"rps":"1000","eps":2,"namedMetrics":{"requests_in_flight":12,"latency_ms":"8.5"},"requestCost":{"request":1.5},"utilization":{"disk":0.5},"new":[1,{}]}""")]
    public void Every_form_and_spelling_is_read(string value)
    {
        Assert.True(OrcaReader.TryParse(value, out var report));
        Assert.Equal(Full, report);
    }

    [Theory]
    [InlineData("")]
    [InlineData("==")]
    public void The_protobuf_message_is_read_with_and_without_padding(string padding)
    {
        var base64 = Convert.ToBase64String(Convert.FromHexString(ByHand)).TrimEnd('=');
        Assert.Equal(2, base64.Length % 4);
        Assert.True(OrcaReader.TryParse("BIN " + base64 + padding, out var report));
        Assert.Equal(new LoadReport { CpuUtilization = 0.5, RequestsInFlight = 12 }, report);
    }

    [Fact]
    public void Protobuf_fields_of_unknown_number_or_type_are_passed_over()
    {
        // 3: varint 300 (rps); 5: entry; 100: varint; 101: fixed32; 1 as a varint.
        var message = Convert.FromHexString("18AC02" + "2A020A00" + "A00601" + "AD0601020304" + "0801");
        Assert.True(OrcaReader.TryParseBinary(message, out var report));
        Assert.Equal(new LoadReport { RequestsPerSecond = 300 }, report);
    }

    [Theory]
    [InlineData("TEXT cpu_utilization=NaN, eps=1")]
    [InlineData("TEXT cpu_utilization=Infinity, eps=1")]
    [InlineData("TEXT cpu_utilization=-Infinity, eps=1")]
    [InlineData("TEXT cpu_utilization=-0.1, eps=1")]
    [InlineData("TEXT cpu_utilization=1001, eps=1")]
    [InlineData("TEXT application_utilization=1e308, eps=1")]
    [InlineData("TEXT named_metrics.requests_in_flight=1e308, eps=1")]
    [InlineData("TEXT rps_fractional=1e999, eps=1")]
    [InlineData("""JSON {"cpu_utilization":"NaN","mem_utilization":-1,"request_cost":{"request":"Infinity"},"eps":1}""")]
    [InlineData("""JSON {"cpu_utilization":1e999,"eps":1}""")]
    public void Figures_that_cannot_be_true_are_dropped_and_the_others_kept(string value)
    {
        Assert.True(OrcaReader.TryParse(value, out var report));
        Assert.Equal(new LoadReport { ErrorsPerSecond = 1 }, report);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cpu_utilization=0.3")]
    [InlineData("XML <cpu>0.3</cpu>")]
    [InlineData("TEXTcpu_utilization=0.3")]
    [InlineData("TEXT cpu_utilization")]
    [InlineData("TEXT =0.3")]
    [InlineData("TEXT cpu_utilization=")]
    [InlineData("TEXT cpu_utilization=0,3")]
    [InlineData("TEXT cpu_utilization=much")]
    [InlineData("JSON ")]
    [InlineData("JSON 0.3")]
    [InlineData("JSON {\"cpu_utilization\":0.3")]
    [InlineData("JSON {\"cpu_utilization\":0.3} {}")]
    [InlineData("JSON {\"cpu_utilization\":{}}")]
    [InlineData("JSON {\"cpu_utilization\":\"0.3x\"}")]
    [InlineData("JSON {\"named_metrics\":3}")]
    [InlineData("JSON {\"named_metrics\":{\"a\":[1]}}")]
    [InlineData("JSON {\"x\":[[[[[[[[[[1]]]]]]]]]]}")]
    [InlineData("BIN !")]
    [InlineData("BIN CQAA")]
    [InlineData("BIN AAAA")]
    [InlineData("BIN Cw==")]
    // Half a surrogate pair: JSON by its grammar, and still no text.
    [InlineData("""JSON {"eps\ud80e":1}""")]
    [InlineData("""JSON {"named_metrics":{"requests_in_flight\ud80e":1}}""")]
    public void What_is_malformed_is_ignored_and_counted(string value)
    {
        using var ignored = new IgnoredInput("load report");
        Assert.False(OrcaReader.TryParse(value, out var report));
        Assert.Null(report);
        Assert.True(ignored.Count >= 1);
    }

    [Fact]
    public void What_is_too_long_is_not_looked_at()
    {
        var fits = "TEXT eps=1" + new string(' ', OrcaReader.MostLength - 10);
        Assert.True(OrcaReader.TryParse(fits, out _));
        Assert.False(OrcaReader.TryParse(fits + " ", out _));
        Assert.False(OrcaReader.TryParseJson(Encoding.UTF8.GetBytes("{}" + new string(' ', OrcaReader.MostLength)), out _));
        Assert.False(OrcaReader.TryParseBinary(new byte[OrcaReader.MostLength + 1], out _));
    }

    [Fact]
    public void Reading_text_allocates_nothing_but_the_report()
    {
        const string value = "TEXT cpu_utilization=0.3, mem_utilization=0.8, named_metrics.requests_in_flight=12, request_cost.request=1.5";
        Assert.True(OrcaReader.TryParse(value, out _));
        Assert.Equal(
            Allocated.By(static () => GC.KeepAlive(new LoadReport { CpuUtilization = 1 })),
            Allocated.By(static () => GC.KeepAlive(OrcaReader.TryParse(value, out var report) ? report : null)));
    }

    sealed class IgnoredInput : IDisposable
    {
        readonly MeterListener listener = new();
        int count;

        public IgnoredInput(string kind)
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "smartclients.input.ignored") self.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, amount, tags, _) =>
            {
                foreach (var tag in tags)
                    if (tag.Key == "kind" && Convert.ToString(tag.Value, CultureInfo.InvariantCulture) == kind) Interlocked.Add(ref count, (int)amount);
            });
            listener.Start();
        }

        public int Count => Volatile.Read(ref count);

        public void Dispose() => listener.Dispose();
    }
}
