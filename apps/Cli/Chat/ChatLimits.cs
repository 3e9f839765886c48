using System.CommandLine;
using SmartClients.Chat.Server;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Chat;

/// <summary>How much a chat server takes, from whom.</summary>
internal sealed class ChatLimits
{
    static readonly ChatServerOptions Defaults = new();

    readonly Option<int?> rooms = Limit("--most-rooms", "Rooms that posts may open", Defaults.MostRooms, 1_000_000);
    readonly Option<int?> senders = Limit("--most-senders", "Senders that posts may bring into a room", Defaults.MostSenders, 20_000);
    readonly Option<int?> readers = Limit("--most-readers", "Readers at a time", Defaults.MostReaders, 1_000_000);
    readonly Option<int?> readersPerAddress = Limit("--most-readers-per-address", "Readers at a time from one address", Defaults.MostReadersPerAddress, 1_000_000);
    readonly Option<int?> rate = Limit("--rate", "Messages a second of one sender; five times as many at once", Defaults.MessagesPerSecond, 100_000);
    readonly Option<int?> ratePerAddress = Limit("--rate-per-address", "Messages a second from one address; five times as many at once", Defaults.MessagesPerSecondAndAddress, 1_000_000);

    public IEnumerable<Option> Options => [rooms, senders, readers, readersPerAddress, rate, ratePerAddress];

    public ChatServerOptions In(ChatServerOptions options, ParseResult parsed) => options with
    {
        MostRooms = parsed.GetValue(rooms) ?? options.MostRooms,
        MostSenders = parsed.GetValue(senders) ?? options.MostSenders,
        MostReaders = parsed.GetValue(readers) ?? options.MostReaders,
        MostReadersPerAddress = parsed.GetValue(readersPerAddress) ?? options.MostReadersPerAddress,
        MessagesPerSecond = parsed.GetValue(rate) ?? options.MessagesPerSecond,
        MessagesPerSecondAndAddress = parsed.GetValue(ratePerAddress) ?? options.MessagesPerSecondAndAddress,
    };

    static Option<int?> Limit(string name, string what, int fallback, int most) =>
        Parameters.Count(name, FormattableString.Invariant($"{what}: 1 to {most:N0}. Default: {fallback:N0}."), null, 1, most);
}
