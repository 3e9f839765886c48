using SmartClients.Candidates;
using SmartClients.Membership;
using SmartClients.Naming;

namespace SmartClients;

/// <content>What an earlier process left behind, and what this one leaves.</content>
public sealed partial class Director
{
    /// <summary>The group has changed. Called before the members can be seen.</summary>
    void Changed(Members members)
    {
        availability.Changed(members);
        diary?.Begin(group, lessons);
    }

    Members? Recall()
    {
        if (diary?.Read() is not { } saved) return null;
        var age = TimeSpan.Zero;
        var set = source.IsFixed ? source.Immediate : null;
        if (set is null && saved.Members is { } known)
        {
            // A clock that was set back makes it neither older nor younger than now.
            age = Time.GetUtcNow() - known.Learned;
            if (age < TimeSpan.Zero) age = TimeSpan.Zero;
            set = source.Recall(new MemberSet(known.Endpoints, known.Source) { IsHint = true }, age);
        }
        if (set is null) (set, age) = (source.Immediate, TimeSpan.Zero);
        if (set is null) return null;
        if (saved.Lessons?.Typical is { } typical) lessons.Assume(Clock.Nanoseconds(typical));
        return new Recollection(options, clock).Members(set, age, saved.Lessons);
    }
}
