using Xunit;
using Record = SmartClients.Chat.Checker.Recording.Record;

namespace SmartClients.Chat.Checker.Tests.Recording;

public sealed class RecordTests
{
    [Fact]
    public void A_reader_that_gets_a_line_before_its_writer_has_told_of_it_waits_for_that()
    {
        var record = new Record(TimeProvider.System);
        var reader = record.Reader("quick");
        var reading = new Thread(() => reader.Got(new ChatMessage("sender", 1, "id", "ada", "line 1", 0)));
        record.Write("ada", 1, () =>
        {
            reading.Start();
            while (reading.IsAlive && !reading.ThreadState.HasFlag(ThreadState.WaitSleepJoin)) Thread.Yield();
            return new OwnMessage("id", "line 1");
        });
        reading.Join();
        Assert.Empty(record.Judge());
        Assert.Equal(1, record.Delivered);
    }
}
