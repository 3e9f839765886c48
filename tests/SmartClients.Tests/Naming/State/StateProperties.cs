using System.Text;
using CsCheck;
using SmartClients.Naming;
using SmartClients.Naming.State;

namespace SmartClients.Tests.Naming.State;

/// <summary>The reader of state files takes what the writer wrote, and nothing else; what it does not take it says so.</summary>
public class StateProperties
{
    const string Service = "service://quotes";

    static readonly Gen<DateTimeOffset> Time = Gen.Long[0, 4_000_000_000_000].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    static readonly Gen<SavedReplica> Replica = Gen.Select(Gen.Int[1, 65535], Gen.Double[0, 80_000_000], Time, Gen.Bool, Gen.String[0, 50], (port, ms, time, isOut, cause) =>
        new SavedReplica($"10.0.0.1:{port}")
        {
            Latency = TimeSpan.FromMilliseconds(ms),
            Measured = time,
            OutUntil = isOut ? time : null,
            TimesOut = isOut ? 3 : 0,
            Cause = isOut ? Plain(cause) : "",
        });

    static readonly Gen<SavedService> Saved = Gen.Select(Gen.String[0, 300], Time, Gen.Int[1, 50], Replica.Array[0, 20], (text, time, members, replicas) => new SavedService
    {
        Certificate = new SavedCertificate(Encoding.UTF8.GetBytes(Plain(text)), time, "directory"),
        Members = new SavedMembers([.. Enumerable.Range(1, members).Select(i => new Endpoint("a", i) { Weight = i })], "source", time),
        Lessons = new SavedLessons(TimeSpan.FromMilliseconds(members), [.. replicas]),
    });

    // Half of a surrogate pair is no text in any encoding.
    static string Plain(string text) => string.Concat(text.EnumerateRunes());

    [Fact]
    public void Figures_beyond_all_bounds_cost_the_service_nothing_but_themselves()
    {
        var read = StateDocument.Parse(StateDocument.Write(Service, new SavedService
        {
            Certificate = new SavedCertificate("x"u8.ToArray(), DateTimeOffset.UnixEpoch, new string('o', 10_000)),
            Members = new SavedMembers([new Endpoint("a", 1)], new string('s', 10_000), DateTimeOffset.UnixEpoch),
            Lessons = new SavedLessons(TimeSpan.FromDays(3),
            [
                new SavedReplica("a:1") { Latency = TimeSpan.FromDays(2), Measured = DateTimeOffset.UnixEpoch, OutUntil = DateTimeOffset.UnixEpoch, TimesOut = 5000, Cause = new string('c', 10_000) },
            ]),
        }), Service);
        Assert.NotNull(read.Certificate);
        Assert.Equal("a:1", Assert.Single(read.Members!.Endpoints).Address);
        Assert.Equal(1000, Assert.Single(read.Lessons!.Replicas).TimesOut);
    }

    [Fact]
    public void What_is_written_is_read_back() => Saved.Sample(saved =>
    {
        var read = StateDocument.Parse(StateDocument.Write(Service, saved), Service);
        return read.Certificate!.Document.Span.SequenceEqual(saved.Certificate!.Document.Span)
            && read.Members!.Endpoints.SequenceEqual(saved.Members!.Endpoints)
            && read.Lessons!.Replicas.Zip(saved.Lessons!.Replicas).All(pair => pair.First.Address == pair.Second.Address && pair.First.Measured == pair.Second.Measured
                && Math.Abs((pair.First.Latency!.Value - pair.Second.Latency!.Value).Ticks) <= 1 && pair.First.Cause == pair.Second.Cause);
    }, iter: 300);

    [Fact]
    public void One_wrong_bit_anywhere_is_noticed() => Gen.Select(Saved, Gen.Int[0, int.MaxValue], Gen.Int[0, 7]).Sample((saved, at, bit) =>
    {
        var bytes = StateDocument.Write(Service, saved);
        bytes[at % bytes.Length] ^= (byte)(1 << bit);
        return IsRefused(bytes);
    }, iter: 3000);

    [Fact]
    public void A_part_of_a_document_is_none() => Gen.Select(Saved, Gen.Int[0, int.MaxValue]).Sample((saved, at) =>
    {
        var bytes = StateDocument.Write(Service, saved);
        return IsRefused(bytes[..(at % bytes.Length)]);
    }, iter: 500);

    [Fact]
    public void Whatever_bytes_there_are_are_refused_and_never_break_the_reader() => Gen.Byte.Array[0, 500].Sample(IsRefused, iter: 3000);

    [Fact]
    public void A_document_of_another_service_is_refused() =>
        Assert.Throws<FormatException>(() => StateDocument.Parse(StateDocument.Write(Service, new SavedService()), "service://other"));

    // Well-formed and with the right digest, as another version of the program could have written it.
    [Theory]
    [InlineData("""{"service":"service://quotes","lessons":{"replicas":[{"address":"a:1","out_until":"2026-11-23T00:00:00Z"}]}}""")]
    [InlineData("""{"service":"service://quotes","lessons":{"replicas":{}}}""")]
    [InlineData("""{"service":"service://quotes","lessons":{"replicas":[{"address":"a:1","latency_ms":-1,"measured":"2026-11-23T00:00:00Z"}]}}""")]
    [InlineData("""{"service":"service://quotes","lessons":{"replicas":[{"address":"a:1","latency_ms":1e300,"measured":"2026-11-23T00:00:00Z"}]}}""")]
    [InlineData("""{"service":"service://quotes","membership":{"source":"x","learned":"yesterday","members":["a:1"]}}""")]
    [InlineData("""{"service":"service://quotes","membership":{"source":"x","learned":"2026-11-23T00:00:00Z","members":[]}}""")]
    [InlineData("""{"service":"service://quotes","certificate":{"document":7}}""")]
    [InlineData("""{"service":7}""")]
    [InlineData("[]")]
    public void Wrong_fields_are_refused(string state)
    {
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(state)));
        Assert.Throws<FormatException>(() => StateDocument.Parse(Encoding.UTF8.GetBytes($$"""{"version":1,"sha256":"{{digest}}","state":{{state}}}"""), Service));
    }

    static bool IsRefused(byte[] bytes)
    {
        try
        {
            StateDocument.Parse(bytes, Service);
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
