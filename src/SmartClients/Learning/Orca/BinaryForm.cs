using System.Buffers.Binary;

namespace SmartClients.Learning.Orca;

/// <summary>The protobuf message <c>xds.data.orca.v3.OrcaLoadReport</c>. A figure of zero is not written, as proto3 has it.</summary>
internal static class BinaryForm
{
    const int Cpu = 1, Memory = 2, OldRequestsPerSecond = 3, RequestCost = 4, RequestsPerSecond = 6, ErrorsPerSecond = 7, NamedMetrics = 8,
        Application = 9, Key = 1, Value = 2;

    public static bool TryRead(ReadOnlySpan<byte> message, ref Figures figures)
    {
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            switch (fields.Number, fields.Type)
            {
                case (Cpu, ProtobufFields.Fixed64): figures.Set(Figure.Cpu, fields.Double); break;
                case (Memory, ProtobufFields.Fixed64): figures.Set(Figure.Memory, fields.Double); break;
                case (Application, ProtobufFields.Fixed64): figures.Set(Figure.Application, fields.Double); break;
                case (RequestsPerSecond, ProtobufFields.Fixed64): figures.Set(Figure.RequestsPerSecond, fields.Double); break;
                case (OldRequestsPerSecond, ProtobufFields.Varint): figures.SetOldRequestsPerSecond(fields.Bits); break;
                case (ErrorsPerSecond, ProtobufFields.Fixed64): figures.Set(Figure.ErrorsPerSecond, fields.Double); break;
                case (NamedMetrics, ProtobufFields.Bytes):
                    if (!TryReadMetric(fields.Body, ref figures)) return false;
                    break;
                case (RequestCost, ProtobufFields.Bytes):
                    if (!TryReadEntry(fields.Body, "request"u8, Figure.Cost, ref figures)) return false;
                    break;
            }
        }
        return fields.Complete;
    }

    static bool TryReadMetric(ReadOnlySpan<byte> entry, ref Figures figures) =>
        TryReadEntry(entry, "requests_in_flight"u8, Figure.InFlight, ref figures) && TryReadEntry(entry, "latency_ms"u8, Figure.Latency, ref figures);

    static bool TryReadEntry(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> wanted, Figure figure, ref Figures figures)
    {
        var (isWanted, value) = (false, 0.0);
        var fields = new ProtobufFields(entry);
        while (fields.Next())
        {
            if (fields is { Number: Key, Type: ProtobufFields.Bytes }) isWanted = fields.Body.SequenceEqual(wanted);
            else if (fields is { Number: Value, Type: ProtobufFields.Fixed64 }) value = fields.Double;
        }
        if (isWanted) figures.Set(figure, value);
        return fields.Complete;
    }

    public static byte[] Write(LoadReport report)
    {
        Span<byte> buffer = stackalloc byte[128];
        var end = 0;
        Add(Figure.Cpu, Cpu, report.CpuUtilization, buffer, ref end);
        Add(Figure.Memory, Memory, report.MemoryUtilization, buffer, ref end);
        AddEntry(Figure.Cost, RequestCost, "request"u8, report.RequestCost, buffer, ref end);
        Add(Figure.RequestsPerSecond, RequestsPerSecond, report.RequestsPerSecond, buffer, ref end);
        Add(Figure.ErrorsPerSecond, ErrorsPerSecond, report.ErrorsPerSecond, buffer, ref end);
        AddEntry(Figure.InFlight, NamedMetrics, "requests_in_flight"u8, report.RequestsInFlight, buffer, ref end);
        AddEntry(Figure.Latency, NamedMetrics, "latency_ms"u8, report.Latency, buffer, ref end);
        Add(Figure.Application, Application, report.ApplicationUtilization, buffer, ref end);
        return buffer[..end].ToArray();
    }

    static void Add(Figure figure, int number, double? value, Span<byte> buffer, ref int end)
    {
        if (value is not { } amount || amount == 0 || !Figures.CanBeTrue(figure, amount)) return;
        buffer[end++] = (byte)(number << 3 | ProtobufFields.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(buffer[end..], amount);
        end += sizeof(double);
    }

    // A map's entry is there or not, so that here a zero can be told from a missing figure.
    static void AddEntry(Figure figure, int number, ReadOnlySpan<byte> name, double? value, Span<byte> buffer, ref int end)
    {
        if (value is not { } amount || !Figures.CanBeTrue(figure, amount)) return;
        buffer[end++] = (byte)(number << 3 | ProtobufFields.Bytes);
        buffer[end++] = (byte)(2 + name.Length + 1 + sizeof(double));
        buffer[end++] = Key << 3 | ProtobufFields.Bytes;
        buffer[end++] = (byte)name.Length;
        name.CopyTo(buffer[end..]);
        end += name.Length;
        buffer[end++] = Value << 3 | ProtobufFields.Fixed64;
        BinaryPrimitives.WriteDoubleLittleEndian(buffer[end..], amount);
        end += sizeof(double);
    }
}
