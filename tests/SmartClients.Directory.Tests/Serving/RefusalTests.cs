using Microsoft.Data.Sqlite;
using SmartClients.Directories.Serving;
using SmartClients.Directories.Storage;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Directories.Tests.Serving;

/// <summary>What a broken machine means to whoever asked.</summary>
public sealed class RefusalTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("PRAGMA max_page_count = 1", "disk is full")]
    [InlineData("PRAGMA query_only = 1", "cannot be written")]
    public void A_disk_that_takes_nothing_more_is_told_as_that(string pragma, string said)
    {
        using var database = new Database(folder.Path);
        database.Writer.Run(pragma);
        var error = Assert.Throws<SqliteException>(() => database.Writer.Run("INSERT INTO store (identity) VALUES (hex(zeroblob(1000000)))"));
        var refusal = Refusal.Of(error)!;
        Assert.Equal(507, refusal.Status);
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }
}
