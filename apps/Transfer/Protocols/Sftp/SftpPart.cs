using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Sftp;

/// <summary>The bytes of a file by SFTP; the library keeps reads in flight ahead of what is asked for.</summary>
internal sealed class SftpPart(Stream file, SftpConnection connection, Func<SftpConnection, ValueTask> giveBack, long? promised, ProtocolOptions options)
    : PartStream(promised, options)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly ProtocolOptions options = options;

    protected override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        try
        {
            return await file.ReadAsync(buffer, cancel).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            connection.IsSound = false;
            if (error is OperationCanceledException) throw;
            throw SftpFailure.WhileAsking(error);
        }
    }

    // Closing the file is a question to the server: one that does not answer has lost its connection.
    protected override async ValueTask CloseAsync()
    {
        if (connection.IsSound)
        {
            try
            {
                await Task.Run(file.Dispose).WaitAsync(Patience, options.Time).ConfigureAwait(false);
            }
            catch (Exception)
            {
                connection.IsSound = false;
            }
        }
        await giveBack(connection).ConfigureAwait(false);
    }
}
