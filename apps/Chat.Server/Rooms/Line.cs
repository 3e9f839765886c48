using System.Text.Json;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Wire;

namespace SmartClients.Chat.Server.Rooms;

/// <summary>A message as it goes to readers: put into bytes once for all of them.</summary>
internal sealed class Line(Entry entry)
{
    public long Position => entry.Position;

    public ChatMessage Message => entry.Message;

    /// <summary>The frame, with a line break behind it.</summary>
    public byte[] Bytes { get; } = Encode(new Frame { Message = entry.Message });

    /// <summary>A frame, with a line break behind it.</summary>
    public static byte[] Encode(Frame frame) => [.. JsonSerializer.SerializeToUtf8Bytes(frame, ChatJson.Plain.Frame), (byte)'\n'];
}
