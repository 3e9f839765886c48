using System.Text;

namespace SmartClients.Fuzz;

/// <summary>Breaks inputs: bits, bytes, splices, cuts, repeats, words, numbers at the edges, deep nesting.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<string> words, int mostBytes)
{
    const int MostRepeats = 64;
    const int MostDepth = 2000;

    static readonly string[] Edges =
    [
        "0", "-0", "-1", "1", "9007199254740991", "9007199254740992", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808",
        "18446744073709551616", "1e308", "1e400", "-1e400", "1e-400", "1e999999999", "0.1", "NaN", "Infinity", "null", "true", "\"\"", "[]", "{}", "\"\\ud800\"", "\"\\u0000\"", "\ud83d\ude00", "\u202e",
    ];

    static readonly string[] Marks = ["{", "}", "[", "]", "\"", ",", ":", "/", "\\", "@", "=", ".", "\n", "\r\n", "\0", " ", "//", "/*", "%", "+", "-", "\ufeff", "\\ud800", "\\udc00"];

    /// <summary>A broken copy.</summary>
    /// <param name="input">What to start from.</param>
    /// <param name="other">Another input, to take parts from.</param>
    public byte[] Break(byte[] input, byte[] other)
    {
        var bytes = input.ToList();
        for (var changes = 1 + Few(); changes > 0; changes--) Change(bytes, other);
        if (bytes.Count > mostBytes) bytes.RemoveRange(mostBytes, bytes.Count - mostBytes);
        return [.. bytes];
    }

    void Change(List<byte> bytes, byte[] other)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 33), bytes.Count - at);
        switch (random.Next(14))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.Insert(at, (byte)random.Next(256)); break;
            case 3: bytes.RemoveRange(at, length); break;
            case 4 when random.Next(8) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
            case 5: bytes.InsertRange(at, Enumerable.Repeat(bytes.Slice(at, length), random.Next(1, MostRepeats)).SelectMany(b => b).ToArray()); break;
            case 6 or 7 when words.Count > 0: Put(bytes, at, random.Next(2) == 0 ? length : 0, words[random.Next(words.Count)]); break;
            case 8: Put(bytes, at, random.Next(2) == 0 ? length : 0, Marks[random.Next(Marks.Length)]); break;
            case 9: ReplaceToken(bytes, at, Edges[random.Next(Edges.Length)]); break;
            case 10 when words.Count > 0: ReplaceToken(bytes, at, words[random.Next(words.Count)]); break;
            case 11 when other.Length > 0:
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 1 + Few() * 16)).ToArray());
                break;
            case 12 when other.Length > 0:
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(Math.Min(at, other.Length)));
                break;
            case 13 when random.Next(16) == 0:
                Put(bytes, at, 0, new string(random.Next(2) == 0 ? '[' : '{', random.Next(MostDepth)));
                break;
        }
    }

    // The number, word or string that stands at a place.
    void ReplaceToken(List<byte> bytes, int at, string text)
    {
        var (from, to) = (at, at);
        while (from > 0 && IsPart(bytes[from - 1])) from--;
        while (to < bytes.Count && IsPart(bytes[to])) to++;
        Put(bytes, from, to - from, text);
    }

    static bool IsPart(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'+';

    static void Put(List<byte> bytes, int at, int instead, string text)
    {
        bytes.RemoveRange(at, instead);
        bytes.InsertRange(at, Encoding.UTF8.GetBytes(text));
    }

    // Mostly one, seldom many.
    int Few()
    {
        var count = 0;
        while (count < 16 && random.Next(2) == 0) count++;
        return count;
    }
}
