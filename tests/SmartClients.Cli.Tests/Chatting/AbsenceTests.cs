using Microsoft.Extensions.Time.Testing;
using SmartClients.Cli.Chatting;
using Xunit;

namespace SmartClients.Cli.Tests.Chatting;

public sealed class AbsenceTests
{
    readonly FakeTimeProvider time = new();
    readonly List<string> told = [];

    [Fact]
    public void Without_a_server_it_is_told_once()
    {
        using var absence = new Absence(told.Add, time);
        absence.GoesOn("refused");
        time.Advance(TimeSpan.FromSeconds(2));
        absence.GoesOn("refused");
        Assert.Empty(told);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["no server can be reached (refused); it is tried on, until interrupted"], told);
    }

    [Fact]
    public void While_there_is_one_nothing_is_told_and_when_it_is_gone_for_long_it_is()
    {
        using var absence = new Absence(told.Add, time);
        absence.Over();
        time.Advance(TimeSpan.FromMinutes(1));
        absence.GoesOn("silent");
        time.Advance(TimeSpan.FromSeconds(2));
        absence.Over();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(told);
        absence.GoesOn("gone");
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(told);
    }
}
