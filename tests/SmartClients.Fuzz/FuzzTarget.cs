using System.Text;

namespace SmartClients.Fuzz;

/// <summary>A reader of foreign input, and what it may do with it.</summary>
internal abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>Valid inputs to start from.</summary>
    public abstract IReadOnlyList<byte[]> Corpus { get; }

    /// <summary>Words that mean something here.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>The longest input that is made.</summary>
    public virtual int MostBytes => 16 << 10;

    /// <summary>Feeds the reader. Whatever it throws must be what it documents.</summary>
    /// <returns>What came of it, roughly: inputs that lead to something new are kept to be changed further.</returns>
    public abstract string Feed(byte[] input);

    /// <summary>Whether the reader says that it throws this.</summary>
    public abstract bool Documents(Exception error);

    protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    protected static void Must(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException("Broken promise: " + what);
    }
}
