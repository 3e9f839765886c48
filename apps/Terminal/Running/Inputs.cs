using System.Runtime.CompilerServices;
using System.Text;

namespace SmartClients.Terminals.Running;

/// <summary>The inputs of a command that is run for each of many.</summary>
public static class Inputs
{
    /// <summary>The longest input: Linux takes no longer one in a variable, with its name.</summary>
    public const int Longest = 127 << 10;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads them, each ended by a line feed, before which a carriage return is not the input's; or by a zero byte.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="byZero">Whether it is the zero byte that ends one: names of files may hold everything else.</param>
    /// <param name="cancel">Ends it at once, though the source be silent.</param>
    /// <exception cref="FormatException">One of them cannot be an argument of a command.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(Stream source, bool byZero, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var chunk = new byte[16 << 10];
        using var begun = new MemoryStream();
        var number = 0;
        while (true)
        {
            // What reads a terminal or a pipe cannot be ended; it can be left alone.
            var count = await source.ReadAsync(chunk, CancellationToken.None).AsTask().WaitAsync(cancel);
            if (count == 0) break;
            var start = 0;
            while (Array.IndexOf(chunk, byZero ? (byte)0 : (byte)'\n', start, count - start) is >= 0 and var end)
            {
                begun.Write(chunk, start, end - start);
                yield return Text(begun, ++number, byZero);
                begun.SetLength(0);
                start = end + 1;
            }
            begun.Write(chunk, start, count - start);
            if (begun.Length > Longest) throw TooLong(number + 1);
        }
        if (begun.Length > 0) yield return Text(begun, ++number, byZero);
    }

    static string Text(MemoryStream from, int number, bool byZero)
    {
        var bytes = from.GetBuffer().AsSpan(0, (int)from.Length);
        if (!byZero && bytes is [.., (byte)'\r']) bytes = bytes[..^1];
        if (bytes.Length > Longest) throw TooLong(number);
        if (bytes.Contains((byte)0)) throw new FormatException($"Input {number} has a zero byte in it: where zero bytes end the inputs, say --null.");
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException($"Input {number} is not UTF-8, and would not be passed on as it is ('{Encoding.UTF8.GetString(bytes)}'): rename the file, or convert the list (iconv -f latin1).");
        }
    }

    static FormatException TooLong(int number) => new($"Input {number} is longer than {Longest >> 10} KiB, which no command takes: have it read a file.");
}
