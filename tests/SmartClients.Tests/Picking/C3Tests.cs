using SmartClients.Learning;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

public class C3Tests
{
    static Stand Stand(int replicas = 3, double clients = 1) => new(new C3(clients), replicas);

    [Fact]
    public void The_score_is_the_papers()
    {
        var stand = Stand(clients: 2);
        stand.Observe(stand[0], milliseconds: 30);
        stand.Answer(stand[0], inFlight: 3, milliseconds: 4);
        stand[0].Learning.Begin();
        // R - 1/μ + (1 + os·n + q)³ / μ
        Assert.Equal((30 - 4 + Math.Pow(1 + 1 * 2 + 3, 3) * 4) * 1e6, stand.Score(stand[0]), 1);
    }

    [Fact]
    public void A_queue_weighs_by_its_cube()
    {
        var stand = Stand();
        stand.Answer(stand[0], inFlight: 3, milliseconds: 2);
        stand.Answer(stand[1], inFlight: 1, milliseconds: 10);
        stand.Answer(stand[2], inFlight: 4, milliseconds: 2);
        Assert.Equal(100, stand.Counts(100)[1]);
    }

    [Fact]
    public void A_failure_is_no_fast_answer()
    {
        var stand = Stand();
        foreach (var replica in stand.Replicas) stand.Observe(replica, milliseconds: 10);
        stand.Observe(stand[0], OutcomeKind.Failed, milliseconds: 0.1);
        Assert.Equal(0, stand.Counts(100)[0]);
    }

    [Fact]
    public void What_was_given_up_never_makes_faster()
    {
        var stand = Stand();
        stand.Observe(stand[0], milliseconds: 10);
        var before = stand.Score(stand[0]);
        stand.Observe(stand[0], OutcomeKind.Overtaken, milliseconds: 1);
        Assert.Equal(before, stand.Score(stand[0]));
        stand.Observe(stand[0], OutcomeKind.NotItsFault, milliseconds: 100);
        Assert.True(stand.Score(stand[0]) > before);
    }

    [Fact]
    public void What_is_old_is_forgotten()
    {
        var stand = Stand();
        stand.Observe(stand[0], milliseconds: 1000);
        stand.Answer(stand[0], inFlight: 50, milliseconds: 1000);
        Assert.Equal(0, stand.Counts(300)[0]);
        stand.Now += 100 * Clock.Second;
        foreach (var replica in stand.Replicas[1..]) stand.Observe(replica, milliseconds: 11);
        Assert.Equal(300, stand.Counts(300)[0]);
    }

    [Fact]
    public void Only_three_are_looked_at_so_that_clients_do_not_all_go_to_the_same_one()
    {
        var stand = Stand(replicas: 30);
        for (var i = 0; i < 30; i++) stand.Answer(stand[i], inFlight: i, milliseconds: 10);
        var counts = stand.Counts(10_000);
        // The best is among three of thirty one time in ten.
        Assert.InRange(counts[0], 900, 1100);
        Assert.Equal(0, counts[28] + counts[29]);
    }
}
