using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace SmartClients.Learning.Orca;

/// <summary>
/// The JSON form of the protobuf message: names as in the .proto file or in camel case, numbers as numbers or as strings.
/// </summary>
internal static class JsonForm
{
    public static bool TryRead(ReadOnlySpan<byte> json, ref Figures figures)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                if (!TryReadField(ref reader, ref figures)) return false;
            return reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        }
        // A name that ends in half a surrogate pair is told as an invalid operation: the text is well-formed JSON, and no text.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    static bool TryReadField(ref Utf8JsonReader reader, ref Figures figures)
    {
        if (reader.ValueTextEquals("named_metrics"u8) || reader.ValueTextEquals("namedMetrics"u8))
            return TryReadMap(ref reader, ref figures, static (ref r) => FindMetric(ref r));
        if (reader.ValueTextEquals("request_cost"u8) || reader.ValueTextEquals("requestCost"u8))
            return TryReadMap(ref reader, ref figures, static (ref r) => r.ValueTextEquals("request"u8) ? Figure.Cost : Figure.Unknown);
        var old = reader.ValueTextEquals("rps"u8);
        var figure = old ? Figure.RequestsPerSecond : Find(ref reader);
        reader.Read();
        if (figure == Figure.Unknown) return reader.TrySkip();
        if (reader.TokenType == JsonTokenType.Null) return true;
        if (!TryReadNumber(ref reader, out var value)) return false;
        if (old) figures.SetOldRequestsPerSecond(value);
        else figures.Set(figure, value);
        return true;
    }

    static Figure Find(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("cpu_utilization"u8) || reader.ValueTextEquals("cpuUtilization"u8) ? Figure.Cpu
        : reader.ValueTextEquals("mem_utilization"u8) || reader.ValueTextEquals("memUtilization"u8) ? Figure.Memory
        : reader.ValueTextEquals("application_utilization"u8) || reader.ValueTextEquals("applicationUtilization"u8) ? Figure.Application
        : reader.ValueTextEquals("rps_fractional"u8) || reader.ValueTextEquals("rpsFractional"u8) ? Figure.RequestsPerSecond
        : reader.ValueTextEquals("eps"u8) ? Figure.ErrorsPerSecond
        : Figure.Unknown;

    delegate Figure Finding(ref Utf8JsonReader reader);

    static Figure FindMetric(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("requests_in_flight"u8) ? Figure.InFlight : reader.ValueTextEquals("latency_ms"u8) ? Figure.Latency : Figure.Unknown;

    static bool TryReadMap(ref Utf8JsonReader reader, ref Figures figures, Finding find)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return true;
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var figure = find(ref reader);
            reader.Read();
            if (!TryReadNumber(ref reader, out var value)) return false;
            figures.Set(figure, value);
        }
        return true;
    }

    static bool TryReadNumber(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        if (reader.TokenType == JsonTokenType.Number) return reader.TryGetDouble(out value);
        // Protobuf writes 64-bit integers, NaN and the infinities as strings.
        return reader.TokenType == JsonTokenType.String && Utf8Parser.TryParse(reader.ValueSpan, out value, out var used)
            && used == reader.ValueSpan.Length;
    }

    public static byte[] Write(LoadReport report)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            Add(writer, Figure.Cpu, FigureNames.Cpu, report.CpuUtilization);
            Add(writer, Figure.Memory, FigureNames.Memory, report.MemoryUtilization);
            Add(writer, Figure.Application, FigureNames.Application, report.ApplicationUtilization);
            Add(writer, Figure.RequestsPerSecond, FigureNames.RequestsPerSecond, report.RequestsPerSecond);
            Add(writer, Figure.ErrorsPerSecond, FigureNames.ErrorsPerSecond, report.ErrorsPerSecond);
            AddMap(writer, FigureNames.NamedMetrics, (Figure.InFlight, FigureNames.InFlight, report.RequestsInFlight), (Figure.Latency, FigureNames.Latency, report.Latency));
            AddMap(writer, FigureNames.RequestCost, (Figure.Cost, FigureNames.Cost, report.RequestCost));
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    static void Add(Utf8JsonWriter writer, Figure figure, string name, double? value)
    {
        if (value is { } number && Figures.CanBeTrue(figure, number)) writer.WriteNumber(name, number);
    }

    static void AddMap(Utf8JsonWriter writer, string map, params ReadOnlySpan<(Figure Figure, string Name, double? Value)> entries)
    {
        var begun = false;
        foreach (var (figure, name, value) in entries)
        {
            if (value is not { } number || !Figures.CanBeTrue(figure, number)) continue;
            if (!begun) writer.WriteStartObject(map);
            begun = true;
            writer.WriteNumber(name, number);
        }
        if (begun) writer.WriteEndObject();
    }
}
