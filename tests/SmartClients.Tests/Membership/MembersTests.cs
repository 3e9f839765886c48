using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Membership;

public class MembersTests
{
    static readonly Dictionary<string, Replica> Nobody = [];

    static Members Next(Members before, params Endpoint[] endpoints) => before.Next(new MemberSet([.. endpoints], "t"), Nobody, 5);

    [Fact]
    public void Who_stays_keeps_the_object_and_gets_the_new_metadata()
    {
        var (a, b) = (TestWorld.Address(1), TestWorld.Address(2));
        var first = Next(Members.None, a, b);
        var second = Next(first, b with { Weight = 7, Zone = "z" }, TestWorld.Address(3));
        Assert.Same(first.Find(b.Address), second.Find(b.Address));
        Assert.Equal((7.0, "z"), (second.Find(b.Address)!.Endpoint.Weight, second.Find(b.Address)!.Endpoint.Zone));
        Assert.Null(second.Find(a.Address));
    }

    [Fact]
    public void Who_is_remembered_comes_back_as_the_same_object()
    {
        var a = TestWorld.Address(1);
        var known = new Replica(a);
        var members = Members.None.Next(new MemberSet([a], "t"), new Dictionary<string, Replica> { [a.Address] = known }, 5);
        Assert.Same(known, members.Find(a.Address));
    }

    [Fact]
    public void A_repeated_address_counts_once_and_the_last_wins()
    {
        var a = TestWorld.Address(1);
        var members = Next(Members.None, a, TestWorld.Address(2), a with { Weight = 3 });
        Assert.Equal(2, members.Replicas.Length);
        Assert.Equal(3, members.Find(a.Address)!.Endpoint.Weight);
    }

    [Fact]
    public void An_attachment_is_made_once_and_replaced_by_another_type()
    {
        var replica = new Replica(TestWorld.Address(1));
        var first = replica.Attached(e => new Uri("http://" + e.Address));
        Assert.Same(first, replica.Attached<Uri>(_ => throw new InvalidOperationException()));
        Assert.Equal("x", replica.Attached(_ => "x"));
        Assert.NotSame(first, replica.Attached(e => new Uri("http://" + e.Address)));
    }
}
