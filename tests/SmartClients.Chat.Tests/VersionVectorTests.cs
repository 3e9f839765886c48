using System.Text.Json;
using CsCheck;
using Xunit;

namespace SmartClients.Chat.Tests;

public sealed class VersionVectorTests
{
    static readonly string[] Senders = [.. Enumerable.Range(0, 5).Select(_ => SenderKey.Create().Sender)];

    static readonly Gen<VersionVector> Vectors = Gen.Select(Gen.Int[0, 4], Gen.Long[1, 100]).Array[0, 8].Select(entries =>
    {
        var vector = new VersionVector();
        foreach (var (sender, to) in entries) vector.Advance(Senders[sender], to);
        return vector;
    });

    [Fact]
    public void It_comes_back_from_JSON() => Vectors.Sample(vector =>
    {
        var json = JsonSerializer.Serialize(vector);
        return Same(vector, JsonSerializer.Deserialize<VersionVector>(json)!);
    });

    [Fact]
    public void Merging_is_the_least_that_covers_both() => Gen.Select(Vectors, Vectors).Sample((one, other) =>
    {
        var (merged, turned) = (one.Copy(), other.Copy());
        merged.Merge(other);
        turned.Merge(one);
        return merged.Covers(one) && merged.Covers(other) && Same(merged, turned) && Senders.All(sender => merged[sender] == Math.Max(one[sender], other[sender]));
    });

    [Fact]
    public void Covering_is_having_everything() => Gen.Select(Vectors, Vectors).Sample((one, other) => one.Covers(other) == Senders.All(sender => one[sender] >= other[sender]));

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"x\":1}")]
    [InlineData("{\"AAAAAAAAAAAAAAAAAAAAAAAA\":0}")]
    [InlineData("{\"AAAAAAAAAAAAAAAAAAAAAAAA\":-1}")]
    [InlineData("{\"AAAAAAAAAAAAAAAAAAAAAAAA\":1.5}")]
    [InlineData("{\"AAAAAAAAAAAAAAAAAAAAAAAA\":\"1\"}")]
    [InlineData("{\"AAAAAAAAAAAAAAAAAAAAAAAA\":9007199254740993}")]
    public void What_is_none_is_refused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<VersionVector>(json));

    static bool Same(VersionVector one, VersionVector other) => one.Covers(other) && other.Covers(one);
}
