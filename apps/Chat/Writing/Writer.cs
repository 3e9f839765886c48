namespace SmartClients.Chat.Writing;

/// <summary>Sends what is in the outbox, one after the other, until it is told to stop.</summary>
internal sealed class Writer(Outbox outbox, Poster poster, Pauses pauses)
{
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            if (outbox.FirstUnsent() is not { } message) await outbox.Added.WaitAsync(stop).ConfigureAwait(false);
            else await SendAsync(message, stop).ConfigureAwait(false);
        }
    }

    async Task SendAsync(OwnMessage message, CancellationToken stop)
    {
        // What is sent now: the message itself, or an earlier one that the server in reach lacks.
        var now = message;
        while (true)
        {
            var answer = await poster.PostAsync(now, stop).ConfigureAwait(false);
            if (answer.Kind == AnswerKind.Stored)
            {
                pauses.Over();
                outbox.Stored(now);
                if (now == message) return;
                now = outbox.Find(now.Sequence + 1) ?? message;
            }
            else if (answer.Kind == AnswerKind.Gap && answer.Expected < now.Sequence && outbox.Find(answer.Expected) is { } earlier) now = earlier;
            else if (answer.Kind == AnswerKind.Taken) outbox.Renumber(now, answer.Expected);
            else if (answer.Kind == AnswerKind.Refused)
            {
                outbox.Refused(message, answer.Reason);
                return;
            }
            else
            {
                // Nobody is there; or the server lacks what is not kept here any more, and gets it from its peers.
                await pauses.WaitAsync(answer.Wait, stop).ConfigureAwait(false);
                now = message;
            }
        }
    }
}
