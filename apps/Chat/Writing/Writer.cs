using SmartClients.Naming;

namespace SmartClients.Chat.Writing;

/// <summary>Sends what is in the outbox, one after the other, until it is told to stop.</summary>
internal sealed class Writer(Outbox outbox, Poster poster, Pauses pauses)
{
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            if (outbox.Next() is not { } message) await outbox.Added.WaitAsync(stop).ConfigureAwait(false);
            else await SendAsync(message, stop).ConfigureAwait(false);
        }
    }

    async Task SendAsync(OwnMessage message, CancellationToken stop)
    {
        // What goes in one post: the message itself, or earlier ones that the server in reach lacks, up to it.
        var now = outbox.With(message);
        Endpoint? to = null;
        while (true)
        {
            var answer = await poster.PostAsync(now, to, stop).ConfigureAwait(false);
            if (answer.Kind == AnswerKind.Stored)
            {
                pauses.Over();
                outbox.Stored(now);
                if (now[^1] == message) return;
                now = From(now[^1].Sequence + 1, message) ?? [message];
            }
            else if (answer.Kind == AnswerKind.Refused || answer.Kind == AnswerKind.Taken && now[0] == message && !outbox.Renumber(message, answer.Expected))
            {
                outbox.Refused(message, answer.Reason);
                return;
            }
            else if (InPlaceOf(now, answer, message) is { } others)
            {
                // What a server lacks is of use to that one: the first to be asked may have died without a word.
                (now, to) = (others, answer.From ?? to);
            }
            else
            {
                // Nobody is there; or the server lacks what is not kept here any more, and gets it from its peers.
                await pauses.WaitAsync(answer.Wait, stop).ConfigureAwait(false);
                (now, to) = ([message], null);
            }
        }
    }

    // What to send in place of what was not taken; null where nothing helps but time.
    IReadOnlyList<OwnMessage>? InPlaceOf(IReadOnlyList<OwnMessage> now, in Answer answer, OwnMessage message) => answer.Kind switch
    {
        // It has another number now.
        AnswerKind.Taken when now[0] == message => now,
        AnswerKind.Taken when answer.Expected > now[0].Sequence => From(answer.Expected, message) ?? [message],
        // An older server takes one at a time.
        AnswerKind.Gap when answer.Expected == now[0].Sequence && now.Count > 1 => [now[0]],
        AnswerKind.Gap when answer.Expected != now[0].Sequence => From(answer.Expected, message),
        _ => null,
    };

    IReadOnlyList<OwnMessage>? From(long sequence, OwnMessage message) => outbox.Run(sequence, message) is { Count: > 0 } run ? run : null;
}
