using System.Collections.Immutable;
using System.Globalization;
using SmartClients.Naming;
using SmartClients.Naming.State;
using SmartClients.Testing;

namespace SmartClients.Tests.Naming.State;

public sealed class StateFolderTests : IDisposable
{
    const string Service = "service://quotes";

    readonly TemporaryFolder folder = new();
    readonly List<string> warnings = [];

    public void Dispose() => folder.Dispose();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    StateFolder New(string? inside = null)
    {
        return new StateFolder(Path.Combine(folder.Path, inside ?? "state"), Warn);

        void Warn(string text)
        {
            lock (warnings) warnings.Add(text);
        }
    }

    static SavedService Members(int count) => new()
    {
        Members = new SavedMembers([.. Enumerable.Range(1, count).Select(i => new Endpoint("10.0.0.1", i))], "test", DateTimeOffset.UnixEpoch),
    };

    [Fact]
    public async Task What_one_process_writes_the_next_reads()
    {
        var saved = new SavedService
        {
            Certificate = new SavedCertificate("{\"payload\":\"ä\\n\"}"u8.ToArray(), DateTimeOffset.UnixEpoch.AddHours(1), "directory 1"),
            Members = new SavedMembers([new Endpoint("a", 1) { Weight = 2, Zone = "eu" }, new Endpoint("::1", 2)], "srv", DateTimeOffset.UnixEpoch.AddHours(2)),
            Lessons = new SavedLessons(TimeSpan.FromMilliseconds(7),
            [
                new SavedReplica("a:1") { Latency = TimeSpan.FromMilliseconds(12.5), Measured = DateTimeOffset.UnixEpoch.AddHours(3) },
                new SavedReplica("[::1]:2") { OutUntil = DateTimeOffset.UnixEpoch.AddHours(4), TimesOut = 3, Cause = "5 failures in a row" },
            ]),
        };
        Assert.True(await New().UpdateAsync(Service, _ => saved, Cancel));
        var read = New().Read(Service)!;
        Assert.Equal(saved.Certificate.Document.ToArray(), read.Certificate!.Document.ToArray());
        Assert.Equal(("directory 1", saved.Certificate.Fetched), (read.Certificate.Origin, read.Certificate.Fetched));
        Assert.Equal(["a:1", "[::1]:2"], read.Members!.Endpoints.Select(e => e.Address));
        Assert.Equal((2, "eu"), (read.Members.Endpoints[0].Weight, read.Members.Endpoints[0].Zone));
        Assert.Equal(saved.Lessons.Replicas, read.Lessons!.Replicas);
        Assert.Equal(saved.Lessons.Typical, read.Lessons.Typical);
        Assert.Null(New().Read("service://other"));
        Assert.Empty(warnings);
    }

    [Fact]
    public async Task Only_its_owner_can_read_it()
    {
        // Windows has no such modes.
        if (OperatingSystem.IsWindows()) return;
        await New().UpdateAsync(Service, _ => Members(1), Cancel);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(New().FileOf(Service)!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(New().Folder!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":99,\"sha256\":\"\",\"state\":{}}")]
    public async Task A_damaged_file_is_set_aside_with_one_warning_and_done_without(string text)
    {
        var state = New();
        await state.UpdateAsync(Service, _ => Members(1), Cancel);
        await File.WriteAllTextAsync(state.FileOf(Service)!, text, Cancel);
        Assert.Null(state.Read(Service));
        Assert.Equal(text, await File.ReadAllTextAsync(state.FileOf(Service) + ".damaged", Cancel));
        Assert.Contains(Service, Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Null(state.Read(Service));
        Assert.True(await state.UpdateAsync(Service, before => before is null ? Members(2) : before, Cancel));
        Assert.Equal(2, state.Read(Service)!.Members!.Endpoints.Length);
        Assert.Single(warnings);
    }

    [Fact]
    public async Task A_file_that_others_can_write_is_not_believed()
    {
        // Windows has no such modes.
        if (OperatingSystem.IsWindows()) return;
        var state = New();
        await state.UpdateAsync(Service, _ => Members(1), Cancel);
        File.SetUnixFileMode(state.FileOf(Service)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.Null(state.Read(Service));
        Assert.Contains("others", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_is_done_without_and_told_once()
    {
        // A file stands where the folder should be: not even root can write there.
        folder.Write("state", "");
        var state = New();
        for (var i = 0; i < 3; i++)
        {
            Assert.False(await state.UpdateAsync(Service, _ => Members(1), Cancel));
            Assert.Null(state.Read(Service));
        }
        Assert.Single(warnings);
    }

    [Fact]
    public async Task The_oldest_files_go_when_there_are_too_many()
    {
        var state = New();
        await state.UpdateAsync("list:first:1", _ => Members(1), Cancel);
        for (var i = 0; i < StateFolder.MostServices; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"list:a:{i + 1}");
            await state.UpdateAsync(name, _ => Members(1), Cancel);
            File.SetLastWriteTimeUtc(state.FileOf(name)!, DateTime.UnixEpoch.AddYears(40).AddMinutes(i));
            if (i == 0) File.SetLastWriteTimeUtc(state.FileOf("list:first:1")!, DateTime.UnixEpoch.AddYears(30));
        }
        Assert.Equal(StateFolder.MostServices, Directory.GetFiles(state.Folder!, "*.v1.json").Length);
        Assert.Null(state.Read("list:first:1"));
    }

    [Fact]
    public async Task Many_writers_lose_nothing_and_no_reader_sees_half_a_document()
    {
        const int writers = 8;
        const int rounds = 20;
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var state = New();
            var seen = 0;
            while (!stop.IsCancellationRequested)
            {
                var count = state.Read(Service)?.Members?.Endpoints.Length ?? 0;
                Assert.True(count >= seen, "an older document came back");
                seen = count;
            }
        }, Cancel);
        var writing = Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var state = New();
            for (var i = 0; i < rounds; i++)
                Assert.True(await state.UpdateAsync(Service, before => Members((before?.Members?.Endpoints.Length ?? 0) + 1), Cancel));
        }, Cancel));
        await Task.WhenAll(writing);
        await stop.CancelAsync();
        await reading;
        Assert.Equal(writers * rounds, New().Read(Service)!.Members!.Endpoints.Length);
        Assert.Empty(warnings);
        Assert.Empty(Directory.GetFiles(New().Folder!, "*.tmp"));
    }

    [Fact]
    public void The_name_of_a_file_tells_people_which_service_it_is_and_no_two_are_alike()
    {
        string[] names = ["service://quotes", "service://quotes@" + new string('k', 43), "list:../../etc/passwd:1", "list:" + new string('a', 60_000), "service://Quotes"];
        var files = names.Select(name => Path.GetFileName(New().FileOf(name)!)).ToImmutableArray();
        Assert.Equal(names.Length, files.Distinct().Count());
        Assert.StartsWith("service___quotes.", files[0], StringComparison.Ordinal);
        Assert.All(files, file => Assert.Matches("^[A-Za-z0-9_.-]{1,100}$", file));
        Assert.All(names, name => Assert.Equal(New().Folder, Path.GetDirectoryName(Path.GetFullPath(New().FileOf(name)!))));
    }
}
