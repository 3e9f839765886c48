using System.IO.Pipelines;
using System.Text;
using SmartClients.Terminals.Running;
using Xunit;

namespace SmartClients.Terminals.Tests.Running;

public class InputsTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<string> ReadAsync(byte[] bytes, bool byZero = false) =>
        string.Join('¦', await Inputs.ReadAsync(new MemoryStream(bytes), byZero, Cancel).ToListAsync(Cancel));

    [Theory]
    [InlineData("a\nb\n", false, "a¦b")]
    [InlineData("a\r\nb", false, "a¦b")]
    [InlineData("a\rb\n\n\u2028\u0085\n", false, "a\rb¦¦\u2028\u0085")]
    [InlineData("", false, "")]
    [InlineData("a\r\nb\0\0c\r\0", true, "a\r\nb¦¦c\r")]
    public async Task Only_a_line_feed_or_a_zero_byte_ends_an_input(string text, bool byZero, string expected) =>
        Assert.Equal(expected, await ReadAsync(Encoding.UTF8.GetBytes(text), byZero));

    [Fact]
    public async Task An_input_in_many_pieces_is_one()
    {
        var text = new string('é', Inputs.Longest / 2);

        Assert.Equal($"{text}¦x", await ReadAsync(Encoding.UTF8.GetBytes($"{text}\nx")));
    }

    [Theory]
    [InlineData("a\nb\xe9\n", "Input 2 is not UTF-8")]
    [InlineData("a\0b\n", "Input 1 has a zero byte in it")]
    public async Task What_would_arrive_as_something_else_is_refused(string latin, string expected) =>
        Assert.StartsWith(expected, (await Assert.ThrowsAsync<FormatException>(() => ReadAsync(Encoding.Latin1.GetBytes(latin)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task One_without_an_end_is_refused_before_it_fills_the_memory() =>
        Assert.StartsWith("Input 1 is longer", (await Assert.ThrowsAsync<FormatException>(() => ReadAsync(new byte[Inputs.Longest * 2]))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_silent_source_is_left_when_it_is_cancelled()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var source = new Pipe().Reader.AsStream();
        var first = Inputs.ReadAsync(source, byZero: false, stop.Token).ToListAsync(CancellationToken.None).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }
}
