using CsCheck;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Tests.Timing;

public class VirtualTimeTests
{
    sealed class Note(int number, List<int> happened) : Appointment
    {
        public override void Happen() => happened.Add(number);
    }

    [Fact]
    public void Appointments_set_moved_and_called_off_happen_in_order_of_time_then_of_setting() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 30], Gen.Int[0, 20]).List[1, 300].Sample(steps =>
        {
            var (time, happened) = (new VirtualTime(), new List<int>());
            var notes = Enumerable.Range(0, 31).Select(i => new Note(i, happened)).ToList();
            List<(long Due, int Order, int Number)> expected = [];
            for (var order = 0; order < steps.Count; order++)
            {
                var (what, number, due) = steps[order];
                expected.RemoveAll(e => e.Number == number);
                if (what == 0)
                {
                    time.CallOff(notes[number]);
                    continue;
                }
                time.Set(notes[number], VirtualTime.Start + due);
                expected.Add((due, order, number));
            }
            while (time.Step()) Assert.All(notes.Where(n => !n.IsSet), n => Assert.Equal(-1, n.Place));
            Assert.Equal(expected.Order().Select(e => e.Number), happened);
        });

    [Fact]
    public void A_timer_fires_to_the_hundred_nanoseconds_and_again_if_it_has_a_period()
    {
        var time = new VirtualTime();
        List<long> fired = [];
        using var timer = time.CreateTimer(_ => fired.Add(time.Now - VirtualTime.Start), null, TimeSpan.FromTicks(3), TimeSpan.FromTicks(10));
        for (var i = 0; i < 3; i++) time.Step();
        Assert.Equal([300L, 1300L, 2300L], fired);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Assert.False(time.Step());
    }
}
