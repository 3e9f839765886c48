using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace SmartClients.Directories.Pages;

/// <summary>Text that is HTML already. It is only made by interpolation, which escapes everything in the holes that is not.</summary>
internal readonly struct Html
{
    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    readonly string? text;

    Html(string text) => this.text = text;

    public static Html Of(Interpolation markup) => new(markup.ToString());

    public static Html All(IEnumerable<Html> parts) => new(string.Concat(parts));

    public override string ToString() => text ?? "";

    /// <summary>What the compiler builds for a <c>$"…"</c>: literals are markup, values are text.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Interpolation(int literalLength, int formattedCount)
    {
        readonly StringBuilder built = new(literalLength + 32 * formattedCount);

        public void AppendLiteral(string markup) => built.Append(markup);

        public void AppendFormatted(Html markup) => built.Append(markup.ToString());

        public void AppendFormatted(string? value) => built.Append(Encoder.Encode(value ?? ""));

        public void AppendFormatted<T>(T value) where T : IFormattable =>
            built.Append(Encoder.Encode(value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)));

        public override string ToString() => built.ToString();
    }
}
