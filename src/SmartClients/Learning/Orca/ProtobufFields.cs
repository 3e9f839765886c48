using System.Buffers.Binary;

namespace SmartClients.Learning.Orca;

/// <summary>Walks over the fields of one protobuf message, in order; what is inside a field is the caller's affair.</summary>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    public const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    ReadOnlySpan<byte> rest = message;
    bool broken;

    public int Number { get; private set; }
    public int Type { get; private set; }

    /// <summary>The value of a <see cref="Varint"/>, or the bits of a <see cref="Fixed64"/>.</summary>
    public ulong Bits { get; private set; }

    /// <summary>The content of a field of <see cref="Bytes"/>.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    public readonly double Double => BitConverter.UInt64BitsToDouble(Bits);

    /// <summary>Whether the message ended where a field ended.</summary>
    public readonly bool Complete => !broken && rest.IsEmpty;

    /// <summary>Goes to the next field; <see langword="false"/> at the end and where the message is broken.</summary>
    public bool Next()
    {
        if (broken || rest.IsEmpty) return false;
        if (!TryTakeVarint(out var tag) || tag >> 3 is 0 or > 0x1FFF_FFFF) return Break();
        (Number, Type) = ((int)(tag >> 3), (int)(tag & 7));
        switch (Type)
        {
            case Varint:
                if (!TryTakeVarint(out var value)) return Break();
                Bits = value;
                return true;
            case Fixed64:
                if (rest.Length < 8) return Break();
                Bits = BinaryPrimitives.ReadUInt64LittleEndian(rest);
                rest = rest[8..];
                return true;
            case Bytes:
                if (!TryTakeVarint(out var length) || length > (ulong)rest.Length) return Break();
                Body = rest[..(int)length];
                rest = rest[(int)length..];
                return true;
            case Fixed32:
                if (rest.Length < 4) return Break();
                rest = rest[4..];
                return true;
            default:
                return Break();
        }
    }

    bool TryTakeVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < 10 && i < rest.Length; i++)
        {
            value |= (ulong)(rest[i] & 0x7F) << 7 * i;
            if (rest[i] >= 0x80) continue;
            rest = rest[(i + 1)..];
            return true;
        }
        return false;
    }

    bool Break()
    {
        broken = true;
        return false;
    }
}
