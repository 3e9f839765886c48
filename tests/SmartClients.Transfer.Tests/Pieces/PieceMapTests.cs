using CsCheck;
using SmartClients.Transfer.Pieces;
using SmartClients.Transfer.Tests.Support;
using Xunit;

namespace SmartClients.Transfer.Tests.Pieces;

public class PieceMapTests
{
    [Fact]
    public void A_layout_covers_the_file_and_has_not_too_many_pieces() =>
        Gen.Select(Gen.Long[0, 1L << 50], Gen.Long[1, 64 << 20]).Sample((size, stretch) =>
        {
            foreach (var layout in new[] { Layout.For(size), Layout.For(size, stretch) })
            {
                if (layout.Count > 0)
                {
                    Assert.Equal(size, layout.End(layout.Count - 1));
                    Assert.Equal(layout.Count - 1, layout.IndexOf(size - 1));
                    Assert.True(layout.Start(layout.Count - 1) < size);
                }
                else
                {
                    Assert.Equal(0, size);
                }
                Assert.InRange(layout.Count, 0, Layout.MostPieces);
            }
        });

    [Fact]
    public void Whatever_mirrors_do_every_byte_is_had_once_and_right() =>
        Gen.Select(Gen.Int[0, 3_000_000], Gen.Int[1, 5], Gen.Int).Sample((size, mirrors, seed) =>
        {
            var (random, file) = (new Random(seed), Downloading.Bytes(size, seed));
            var map = new PieceMap(new Layout(size, 1 + random.Next(400_000))) { Usable = [.. Enumerable.Range(0, mirrors)] };
            using var target = new MemoryTarget(size);
            var under = new List<(Piece Piece, int Mirror, long Position)>();
            while (!map.IsComplete)
            {
                var mirror = random.Next(mirrors);
                if (under.All(one => one.Mirror != mirror) && Begin(mirror) is { } piece) under.Add((piece, mirror, piece.Enter(mirror)));
                if (under.Count > 0) Step(random.Next(under.Count));
            }
            Assert.Equal(file, target.Bytes);
            Assert.Equal((size, (long)size), (map.Bytes, map.Prefix));

            Piece? Begin(int mirror) =>
                map.HasWorkFor(mirror, long.MaxValue) ? map.Claim(mirror, [random.Next(size + 1)], _ => random.Next(3), long.MaxValue)
                    : map.Taken.FirstOrDefault(taken => !taken.IsHeldBy(mirror));

            void Step(int which)
            {
                var (piece, mirror, position) = under[which];
                var length = (int)Math.Min(piece.End - position, 1 + random.Next(200_000));
                var added = random.Next(10) == 0 ? Added.Late : piece.Add(target, position, file.AsSpan((int)position, length), mirror);
                under[which] = (piece, mirror, position + length);
                if (added == Added.GoOn) return;
                if (added == Added.Finished) map.Finish(piece, isChecked: true);
                under.RemoveAt(which);
                piece.Leave(mirror);
                map.GiveBack(piece);
            }
        }, iter: 300);

    [Fact]
    public void The_next_piece_is_the_one_that_comes_next_on_an_open_lane()
    {
        var map = new PieceMap(new Layout(1000, 10));
        var first = map.Claim(0, [], _ => 0, long.MaxValue)!;
        first.Enter(0);
        var second = map.Claim(1, [], _ => 0, long.MaxValue)!;

        Assert.Equal((0, 51), (first.Index, second.Index));
        Assert.Equal(7, map.Claim(2, [70], _ => 0, long.MaxValue)!.Index);
    }

    [Fact]
    public void Where_another_mirror_stands_open_is_left_to_that_mirror()
    {
        var map = new PieceMap(new Layout(1000, 10));
        var others = new Dictionary<long, int> { [0] = 1 };

        Assert.Equal(25, map.Claim(0, [], number => number == 1 ? 10 : 30, long.MaxValue, others)!.Index);
        Assert.Equal(0, map.Claim(1, [0], _ => 0, long.MaxValue)!.Index);
    }

    [Fact]
    public void A_mirror_that_stands_open_at_the_only_piece_keeps_nobody_from_it()
    {
        var map = new PieceMap(new Layout(10, 10));

        Assert.Equal(0, map.Claim(0, [], _ => 0, long.MaxValue, new Dictionary<long, int> { [0] = 1 })!.Index);
    }

    [Fact]
    public void Whoever_joins_another_begins_where_both_will_be_through_together()
    {
        var map = new PieceMap(new Layout(1010, 10));
        var slow = map.Claim(0, [], _ => 0, long.MaxValue)!;
        slow.Enter(0);

        var fast = map.Claim(1, [], number => number == 0 ? 10 : 30, long.MaxValue)!;

        // 100 pieces are left: a quarter for the one, three quarters for the other.
        Assert.Equal(26, fast.Index);
        Assert.Equal(260, map.EndOfRun(0, slow.Index));
    }

    [Fact]
    public void A_piece_that_is_doubted_as_its_last_byte_comes_is_whosever_fetches_it_anew()
    {
        var map = new PieceMap(new Layout(20, 10)) { Usable = [0, 1] };
        using var target = new MemoryTarget(20);
        Finish(Take(0), 0);
        map.Again(0, Doubt.Compare);
        var late = Take(1);
        Assert.Equal(Added.Finished, late.Add(target, 0, new byte[10], 1));
        map.Again(0, Doubt.Compare);
        var anew = Take(1);

        Assert.False(map.Finish(late, isChecked: true));
        // The one behind it is asked who is ahead.
        Assert.Equal(1, map.Claim(0, [], _ => 0, long.MaxValue)!.Index);
        Assert.True(Finish(anew, 1));

        Piece Take(int mirror)
        {
            var piece = map.Claim(mirror, [], _ => 0, long.MaxValue)!;
            Assert.Equal(0, piece.Index);
            piece.Enter(mirror);
            return piece;
        }

        bool Finish(Piece piece, int mirror)
        {
            Assert.Equal(Added.Finished, piece.Add(target, 0, new byte[10], mirror));
            return map.Finish(piece, isChecked: true);
        }
    }

    [Fact]
    public void Of_a_file_that_is_not_wanted_any_more_nothing_is_written()
    {
        var map = new PieceMap(new Layout(20, 10));
        using var target = new MemoryTarget(20);
        var piece = map.Claim(0, [], _ => 0, long.MaxValue)!;
        piece.Enter(0);

        map.Close();

        Assert.Equal(Added.Late, piece.Add(target, 0, [1, 2, 3], 0));
        Assert.Equal(new byte[20], target.Bytes);
        Assert.True(piece.Over.IsCancellationRequested);
        Assert.False(map.Finish(piece, isChecked: true));
        Assert.Null(map.Claim(1, [], _ => 0, long.MaxValue));
    }

    [Fact]
    public void No_byte_beyond_the_limit_is_claimed()
    {
        var map = new PieceMap(new Layout(1000, 10));

        for (var i = 0; i < 5; i++) Assert.InRange(map.Claim(i, [500], _ => 0, 50)!.Index, 0, 4);
        Assert.False(map.HasWorkFor(9, 50));
        Assert.Null(map.Claim(9, [], _ => 0, 50));
        Assert.True(map.HasWorkFor(9, 60));
    }
}
