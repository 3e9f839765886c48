using Xunit;

namespace SmartClients.Chat.Tests.Writing;

public sealed class WriterTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 10)]
    [InlineData(3, 30)]
    [InlineData(4, 50)]
    public async Task Whatever_fails_each_message_is_written_once_and_in_order(int seed, int fails)
    {
        var random = new Random(seed);
        using var servers = new FakeServers(random) { Fails = fails };
        // At random, so that the server that has the last message is seldom the next one's.
        await using var director = Director.For("list:a:1,b:1,c:1", new DirectorOptions { Policy = "random", EjectionTime = TimeSpan.FromMilliseconds(10), MaxEjectionTime = TimeSpan.FromMilliseconds(20) });
        await using var room = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", Read = false, Handler = servers, LongestPause = TimeSpan.FromMilliseconds(10) });
        var own = Enumerable.Range(1, 60).Select(i => room.Send("line " + i)).ToList();
        foreach (var message in own) await message.Settled.WaitAsync(TestContext.Current.CancellationToken);
        Assert.All(own, message => Assert.Equal(MessageState.Sent, message.State));
        Assert.Equal(own.Select(message => message.Id + " " + message.Text), servers.Longest);
    }

    [Fact]
    public async Task Servers_of_an_older_version_are_given_what_they_lack_one_by_one()
    {
        var random = new Random(5);
        using var servers = new FakeServers(random) { Fails = 10, Old = server => server == "b:1" };
        await using var director = Director.For("list:a:1,b:1", new DirectorOptions { Policy = "random", EjectionTime = TimeSpan.FromMilliseconds(10), MaxEjectionTime = TimeSpan.FromMilliseconds(20) });
        await using var room = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", Read = false, Handler = servers, LongestPause = TimeSpan.FromMilliseconds(10) });
        var own = Enumerable.Range(1, 60).Select(i => room.Send("line " + i)).ToList();
        foreach (var message in own) await message.Settled.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(own.Select(message => message.Id + " " + message.Text), servers.Longest);
    }

    [Fact]
    public async Task A_server_that_lacks_many_is_given_them_in_few_posts()
    {
        using var servers = new FakeServers(new Random(1));
        var allowed = "a:1";
        await using var director = Director.For("list:a:1,b:1");
        await using var room = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", Read = false, Handler = new OneServer(servers, () => allowed), LongestPause = TimeSpan.FromMilliseconds(10) });
        for (var i = 1; i <= 30; i++) await room.Send("line " + i).Settled;
        allowed = "b:1";
        var before = servers.Heard;
        await room.Send("line 31").Settled;
        Assert.Equal(31, servers.Log("b:1").Count);
        // One that is told of the gap, and two that fill it.
        Assert.Equal(3, servers.Heard - before);
    }

    [Fact]
    public async Task What_a_server_lacks_is_given_to_that_one_and_not_to_who_has_fallen_silent()
    {
        using var servers = new FakeServers(new Random(1));
        var silence = new Silence(servers);
        await using var director = Director.For("list:a:1,b:1", ChatService.Options);
        await using var room = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", Read = false, Handler = silence });
        for (var i = 1; i <= 20; i++) await room.Send("line " + i).Settled;
        silence.Of = silence.Last;
        await room.Send("line 21").Settled;
        Assert.Equal(21, servers.Log(silence.Of == "a:1" ? "b:1" : "a:1").Count);
        Assert.Equal(1, silence.Asked);
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_of_its_answer_holds_nothing_up()
    {
        using var servers = new FakeServers(new Random(1));
        var half = new HalfAnswers(servers);
        await using var director = Director.For("list:a:1,b:1");
        await using var room = ChatRoom.Join(director, "lobby", new ChatRoomOptions
        {
            Name = "ada",
            Read = false,
            Handler = half,
            AttemptTimeout = TimeSpan.FromMilliseconds(20),
            LongestPause = TimeSpan.FromMilliseconds(10),
        });
        await room.Send("one").Settled;
        half.Of = half.Last == "a:1" ? "b:1" : "a:1";
        half.Left = 3;
        foreach (var text in (string[])["two", "three", "four", "five"]) await room.Send(text).Settled.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["one", "two", "three", "four", "five"], servers.Longest.Select(message => message.Split(' ')[1]));
    }

    [Fact]
    public async Task A_room_that_can_send_nothing_any_more_ends_and_says_why()
    {
        using var servers = new FakeServers(new Random(1));
        var director = Director.For("list:a:1");
        await using var room = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", Read = false, Handler = servers });
        await room.Send("one").Settled;
        await director.DisposeAsync();
        room.Send("two");
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            await foreach (var _ in room.EventsAsync(TestContext.Current.CancellationToken))
            {
                // Nobody reads this room.
            }
        });
    }

    [Fact]
    public async Task A_state_that_is_behind_finds_its_place()
    {
        using var servers = new FakeServers(new Random(1));
        await using var director = Director.For("list:a:1");
        ChatState state;
        await using (var first = Join(null))
        {
            await first.Send("one").Settled;
            state = first.State;
            await first.Send("two").Settled;
        }
        await using var again = Join(state);
        await again.Send("three").Settled;
        Assert.Equal(["one", "two", "three"], servers.Longest.Select(message => message.Split(' ')[1]));

        ChatRoom Join(ChatState? from) => ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", Read = false, Handler = servers, State = from });
    }

    /// <summary>What one server says beyond the head of a reply does not come, a few times.</summary>
    sealed class HalfAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public string? Of { get; set; }

        /// <summary>So many replies yet.</summary>
        public int Left { get; set; }

        /// <summary>Who answered last.</summary>
        public string? Last { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Last = request.RequestUri!.Authority;
            if (Of is { } of && Last != of) throw new HttpRequestException(HttpRequestError.ConnectionError, "dead");
            var reply = await base.SendAsync(request, cancellationToken);
            if (Last == Of && !reply.IsSuccessStatusCode && Left-- > 0) reply.Content = new StreamContent(new EndlessStream());
            return reply;
        }
    }

    /// <summary>Nothing comes, and no end.</summary>
    sealed class EndlessStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }

    /// <summary>One server takes what it is sent, and answers nothing.</summary>
    sealed class Silence(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public string? Of { get; set; }

        /// <summary>Who answered last.</summary>
        public string? Last { get; private set; }

        /// <summary>How often the silent one was asked.</summary>
        public int Asked { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Authority == Of)
            {
                Asked++;
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            var reply = await base.SendAsync(request, cancellationToken);
            Last = request.RequestUri.Authority;
            return reply;
        }
    }

    /// <summary>All servers but one are dead.</summary>
    sealed class OneServer(HttpMessageHandler inner, Func<string> alive) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.Authority == alive() ? base.SendAsync(request, cancellationToken)
                : throw new HttpRequestException(HttpRequestError.ConnectionError, "dead");
    }
}
