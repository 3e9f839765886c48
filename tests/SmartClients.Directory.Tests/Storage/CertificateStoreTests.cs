using Microsoft.Data.Sqlite;
using SmartClients.Directories.Publishing;
using SmartClients.Directories.Storage;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Directories.Tests.Storage;

/// <summary>What is kept, and how.</summary>
public sealed class CertificateStoreTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Publisher owner = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<PublicationResult> TakeAsync(CertificateStore store, SignedCertificate certificate) =>
        (await store.PublishAsync([certificate], PublicationRules.ForPublishers, Publisher.Now, Cancel))[0];

    [Fact]
    public async Task What_was_taken_in_is_there_byte_for_byte_after_a_restart()
    {
        var certificate = owner.Sign("quotes");
        string identity;
        using (var store = new CertificateStore(folder.Path))
        {
            identity = store.Identity;
            Assert.Equal(Publication.Created, (await TakeAsync(store, certificate)).Publication);
        }

        using var again = new CertificateStore(folder.Path);

        Assert.Equal(certificate.Document.ToArray(), again.Document("quotes"));
        Assert.Equal((identity, 1), (again.Identity, again.Count));
        Assert.Null(again.Document("quote"));
    }

    [Fact]
    public async Task A_refusal_in_a_batch_keeps_nobody_else_out()
    {
        using var stranger = new Publisher();
        using var store = new CertificateStore(folder.Path);
        await TakeAsync(store, owner.Sign("quotes"));

        var results = await store.PublishAsync(
            [owner.Sign("chat"), stranger.Sign("quotes", 2), owner.Sign("quotes", 3)], PublicationRules.ForPublishers, Publisher.Now, Cancel);

        Assert.Equal([Publication.Created, null, Publication.Replaced], results.Select(r => r.Publication));
        Assert.Equal(CertificateFault.WrongKey, Assert.IsType<CertificateException>(results[1].Refusal).Fault);
        Assert.Equal(3, store.Held(["quotes"])["quotes"].Serial);
    }

    [Fact]
    public async Task Changes_come_in_sequence_each_service_once_and_pages_miss_nothing()
    {
        using var store = new CertificateStore(folder.Path);
        for (var i = 0; i < 10; i++) await TakeAsync(store, owner.Sign($"service-{i}"));
        await TakeAsync(store, owner.Sign("service-3", 2));
        await TakeAsync(store, owner.Sign("service-3", 2));

        List<Change> all = [];
        while (store.Changes(all.Count > 0 ? all[^1].Sequence : 0, 4) is { Changes: { Count: > 0 } page }) all.AddRange(page);

        Assert.Equal(10, all.Count);
        Assert.Equal(all.Select(c => c.Sequence).Order(), all.Select(c => c.Sequence));
        Assert.Equal(("service-3", 2), (all[^1].Name, all[^1].Serial));
        Assert.Equal((0, all[^1].Sequence), (store.Changes(all[^1].Sequence, 4).Changes.Count, store.Changes(0, 4).Last));
    }

    [Fact]
    public async Task The_record_of_changes_is_only_ever_added_to()
    {
        using (var store = new CertificateStore(folder.Path)) await TakeAsync(store, owner.Sign("quotes"));
        using var database = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "directory.db")};Pooling=False");
        database.Open();

        foreach (var text in (string[])["UPDATE change SET serial = 9", "DELETE FROM change"])
        {
            using var command = database.CreateCommand();
#pragma warning disable CA2100 // Two literals.
            command.CommandText = text;
#pragma warning restore CA2100
            Assert.Contains("only ever added", Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_full_directory_takes_no_more_names_and_still_replaces()
    {
        using var store = new CertificateStore(folder.Path, mostServices: 2);
        await TakeAsync(store, owner.Sign("one"));
        await TakeAsync(store, owner.Sign("two"));

        Assert.IsType<DirectoryFullException>((await TakeAsync(store, owner.Sign("three"))).Refusal);
        Assert.Equal(Publication.Replaced, (await TakeAsync(store, owner.Sign("two", 2))).Publication);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_named_with_the_remedy()
    {
        var file = folder.Write("taken", "x");
        var error = Assert.Throws<IOException>(() => new CertificateStore(file));
        Assert.StartsWith($"The data folder '{file}' cannot be made: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_named_with_the_remedy()
    {
        File.WriteAllText(Path.Combine(folder.Path, "directory.db"), new string('x', 8192));

        var error = Assert.Throws<IOException>(() => new CertificateStore(folder.Path));

        Assert.Contains("directory.db cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Contains("move it away", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_a_newer_program_is_left_alone()
    {
        new CertificateStore(folder.Path).Dispose();
        using (var database = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "directory.db")};Pooling=False"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        Assert.Contains("newer version", Assert.Throws<IOException>(() => new CertificateStore(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_publish_at_once_and_everybody_is_answered_for_what_is_there()
    {
        using var store = new CertificateStore(folder.Path);
        List<SignedCertificate> all = [.. Enumerable.Range(0, 64).Select(i => owner.Sign($"service-{i % 16}", 1 + i / 16))];

        var results = await Task.WhenAll(all.Select(certificate => Task.Run(() => TakeAsync(store, certificate))));

        for (var i = 0; i < all.Count; i++)
        {
            var held = store.Held([all[i].Certificate.Name])[all[i].Certificate.Name].Serial;
            if (results[i].Publication is not null) Assert.True(held >= all[i].Certificate.Serial);
            else Assert.True(held > all[i].Certificate.Serial);
        }
        Assert.Equal(16, store.Count);
    }

    public void Dispose()
    {
        owner.Dispose();
        folder.Dispose();
    }
}
