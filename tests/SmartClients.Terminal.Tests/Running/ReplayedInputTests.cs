using System.Text;
using SmartClients.Terminals.Running;
using Xunit;

namespace SmartClients.Terminals.Tests.Running;

public class ReplayedInputTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<string> AllAsync(ReplayedInput input)
    {
        var text = new StringBuilder();
        for (var position = 0L; await input.NextAsync(position, Cancel) is { IsEmpty: false } piece; position += piece.Length) text.Append(Encoding.UTF8.GetString(piece.Span));
        return text.ToString();
    }

    [Fact]
    public async Task It_is_given_again_from_its_beginning()
    {
        var input = new ReplayedInput(new MemoryStream("some words"u8.ToArray()));

        Assert.Equal("some words", await AllAsync(input));
        Assert.True(input.CanBegin);
        Assert.Equal("some words", await AllAsync(input));
    }

    [Fact]
    public async Task Too_much_cannot_be_given_again()
    {
        var input = new ReplayedInput(new MemoryStream(new byte[ReplayedInput.Most + 1]));

        Assert.Equal(ReplayedInput.Most + 1, (await AllAsync(input)).Length);
        Assert.False(input.CanBegin);
    }

    [Fact]
    public async Task A_piece_that_somebody_gave_up_is_the_next_ones()
    {
        var pipe = new System.IO.Pipelines.Pipe();
        var input = new ReplayedInput(pipe.Reader.AsStream());
        using var given = new CancellationTokenSource();
        var first = input.NextAsync(0, given.Token).AsTask();
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        await pipe.Writer.WriteAsync("late"u8.ToArray(), Cancel);
        await pipe.Writer.CompleteAsync();

        Assert.Equal("late", await AllAsync(input));
    }
}
