using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>What comes by a data connection. The session is given back at its end, whole or not.</summary>
internal sealed class FtpPart(Stream data, FtpSession session, Func<FtpSession, ValueTask> giveBack, bool toTheEnd, long? promised, ProtocolOptions options)
    : PartStream(promised, options)
{
    public override bool Gathers => GatheringStream.IsSupported && data is GatheringStream;

    protected override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel) => data.ReadAsync(buffer, cancel);

    protected override async ValueTask FinishAsync(bool whole, CancellationToken cancel)
    {
        // Enough of a file that goes on: what the server says of that is heard when the session is needed next.
        if (whole && !toTheEnd) return;
        if (whole && await data.ReadAsync(new byte[1], cancel).ConfigureAwait(false) > 0)
            throw new FileException(FileProblem.Changed, "the file has more bytes than the server said");
        await data.DisposeAsync().ConfigureAwait(false);
        await session.EndAsync(cancel).ConfigureAwait(false);
    }

    protected override async ValueTask CloseAsync()
    {
        await data.DisposeAsync().ConfigureAwait(false);
        await giveBack(session).ConfigureAwait(false);
    }
}
