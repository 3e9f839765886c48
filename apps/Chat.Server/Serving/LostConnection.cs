using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SmartClients.Chat.Server.Serving;

/// <summary>What comes over a connection. One whose other end has vanished (<see cref="HalfOpen"/>) ends like one that was reset: an everyday matter,
/// which the web server else reports with a stack trace, as an error that it does not know.</summary>
internal sealed class LostConnection(PipeReader inner) : PipeReader
{
    public static void Expect(ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Transport = new Both(new LostConnection(connection.Transport.Input), connection.Transport.Output);
        return next(connection);
    });

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(cancellationToken);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.TimedOut)
        {
            throw new ConnectionResetException("The other end has vanished.", error);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        try
        {
            return inner.TryRead(out result);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.TimedOut)
        {
            throw new ConnectionResetException("The other end has vanished.", error);
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    sealed record Both(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
