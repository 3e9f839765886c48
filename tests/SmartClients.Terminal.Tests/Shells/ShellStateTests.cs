using SmartClients.Terminals.Marks;
using SmartClients.Terminals.Shells;
using Xunit;

namespace SmartClients.Terminals.Tests.Shells;

public class ShellStateTests
{
    static readonly string[] First = ["PATH=/bin", "LANG=C", "HOME=/root"];

    static string All(params IEnumerable<string> variables) => string.Concat(variables.Select(variable => variable + "\0"));

    static ShellState Begun(params IEnumerable<string> variables)
    {
        var state = new ShellState(new CarriedVariables([]));
        state.Learn(new Mark(MarkKind.Base, All(variables)));
        return state;
    }

    [Fact]
    public void Variables_that_were_set_changed_or_unset_are_known()
    {
        var state = Begun(First);
        state.Learn(new Mark(MarkKind.Environment, All("PATH=/opt:/bin", "NEW=a=b\nc", "HOME=/elsewhere")));

        Assert.Equal(new Dictionary<string, string> { ["PATH"] = "/opt:/bin", ["NEW"] = "a=b\nc" }, state.Variables.Set);
        Assert.Equal(["LANG"], state.Variables.Unset);
    }

    [Fact]
    public void What_was_carried_to_a_machine_is_carried_on_though_that_machine_has_it_by_itself()
    {
        var state = Begun(First);
        state.Learn(new Mark(MarkKind.Environment, All([.. First, "NEW=1"])));
        state.Begin();
        state.Learn(new Mark(MarkKind.Base, All([.. First, "NEW=1"])));
        state.Learn(new Mark(MarkKind.Environment, All([.. First, "NEW=1"])));

        Assert.Equal(["NEW"], state.Variables.Set.Keys);
    }

    [Fact]
    public void What_was_set_and_unset_again_is_forgotten()
    {
        var state = Begun(First);
        state.Learn(new Mark(MarkKind.Environment, All([.. First, "NEW=1"])));
        state.Learn(new Mark(MarkKind.Environment, All(First)));

        Assert.Empty(state.Variables.Set);
        Assert.Empty(state.Variables.Unset);
    }

    [Fact]
    public void All_of_it_is_bounded()
    {
        var state = Begun(First);
        state.Learn(new Mark(MarkKind.Environment, All(Enumerable.Range(0, 1000).Select(i => $"V{i}={new string('x', 1000)}"))));

        Assert.InRange(state.Variables.Set.Sum(v => v.Key.Length + v.Value.Length), 1, CarriedVariables.MostInAll);
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("")]
    [InlineData("/with\na line")]
    public void What_is_no_directory_is_not_taken_for_one(string path)
    {
        var state = Begun(First);
        state.Learn(new Mark(MarkKind.Directory, "/tmp"));
        state.Learn(new Mark(MarkKind.Directory, path));

        Assert.Equal("/tmp", state.Directory);
    }

    [Fact]
    public void A_variable_that_was_cut_off_is_not_read()
    {
        var state = Begun(First);
        state.Learn(new Mark(MarkKind.Environment, All([.. First, "NEW=1"]) + "CUT=of"));

        Assert.Equal(["NEW"], state.Variables.Set.Keys);
    }
}
