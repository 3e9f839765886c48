using SmartClients.Directories.Publishing;
using SmartClients.Directories.Storage;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Directories.Tests.Storage;

/// <summary>What a query leads to, and in which order.</summary>
public sealed class SearchTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Publisher owner = new();
    readonly CertificateStore store;

    public SearchTests() => store = new CertificateStore(folder.Path);

    async Task FillAsync(params IEnumerable<(string Name, string? Title, string[] Keywords, string? Description)> services) => await store.PublishAsync(
        [.. services.Select(s => owner.Sign(s.Name, with: c => c with { Title = s.Title, Keywords = [.. s.Keywords], Description = s.Description }))],
        PublicationRules.ForPublishers, Publisher.Now, TestContext.Current.CancellationToken);

    IEnumerable<string> Names(string query, int limit = 20) => store.Search(query, limit).Select(listing => listing.Name);

    [Fact]
    public async Task The_exact_name_comes_first_then_titles_then_keywords_then_descriptions()
    {
        await FillAsync(
            ("d", "Weather", [], "Where people chat about rain, now and then"),
            ("k", "Weather map", ["chat", "now"], null),
            ("t", "The chat that is now", [], null),
            ("whole", "NOW CHAT", [], null),
            ("now-chat", "Something else", [], null),
            ("none", "Weather", ["rain"], "Nothing of that"));

        Assert.Equal(["now-chat", "whole", "t", "k", "d"], Names("Now chat"));
        Assert.Equal(["now-chat", "whole"], Names("now chat", 2));
    }

    [Fact]
    public async Task The_name_is_found_as_people_say_it()
    {
        await FillAsync(("now-chat", "A room", [], null));

        Assert.Equal(["now-chat"], Names("now chat service"));
        Assert.Equal(["now-chat"], Names("  NOW-CHAT "));
    }

    [Fact]
    public async Task The_beginning_of_a_word_is_enough_and_accents_do_not_matter()
    {
        await FillAsync(("cafe", "Café Zürich", [], null), ("tea", "Teahouse", [], null));

        Assert.Equal(["cafe"], Names("zuri"));
        Assert.Equal(["cafe"], Names("CAFÉ"));
        Assert.Equal(["tea"], Names("teah"));
        Assert.Empty(Names("z"));
    }

    [Fact]
    public async Task Words_that_stand_nowhere_together_are_looked_for_singly()
    {
        await FillAsync(("a", "Weather of Zürich", [], null), ("b", "Trains", [], null));

        Assert.Equal(["a"], Names("weather zürich"));
        Assert.Equal(["a", "b"], Names("weather trains").Order());
    }

    [Fact]
    public async Task What_was_replaced_is_found_by_its_new_words_only()
    {
        await FillAsync(("a", "Oranges", [], null));
        await store.PublishAsync([owner.Sign("a", 2, c => c with { Title = "Lemons" })], PublicationRules.ForPublishers, Publisher.Now, TestContext.Current.CancellationToken);

        Assert.Empty(Names("oranges"));
        Assert.Equal(["a"], Names("lemons"));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"\"\"")]
    [InlineData("quotes\" OR name:\"x")]
    [InlineData("NEAR(quotes day)")]
    [InlineData("*")]
    [InlineData("quo*")]
    [InlineData("-quotes")]
    [InlineData("^quotes")]
    [InlineData("title : quotes")]
    [InlineData("{name title} : quotes")]
    [InlineData("quotes AND")]
    [InlineData("NOT quotes")]
    [InlineData("' OR 1=1 --")]
    [InlineData("'; DROP TABLE certificate; --")]
    [InlineData("(((")]
    [InlineData("%_")]
    [InlineData("quotes\0day")]
    [InlineData("\ud800")]
    [InlineData("🎉 quotes")]
    [InlineData("../../etc/passwd")]
    public async Task Nothing_that_is_typed_is_syntax(string query)
    {
        await FillAsync(("quotes", "Quotes of the day", [], null), ("other", "Unrelated", [], null));

        var found = Names(query).ToList();

        Assert.DoesNotContain("other", found);
        Assert.Equal(2, store.Count);
    }

    [Fact]
    public async Task Operators_are_words_like_others()
    {
        await FillAsync(("near", "Near and far", [], null), ("far", "Far", [], null));

        Assert.Equal(["near"], Names("near AND"));
        Assert.Equal(["near"], Names("NEAR"));
    }

    [Fact]
    public async Task Without_words_the_newest_come_first()
    {
        await FillAsync(("a", null, [], null), ("b", null, [], null), ("c", null, [], null));

        Assert.Equal(["c", "b"], Names(" ", 2));
        Assert.Equal(["a", "c", "b"], (await UpdatedAsync(), Names("")).Item2);

        async Task<bool> UpdatedAsync()
        {
            await store.PublishAsync([owner.Sign("a", 2)], PublicationRules.ForPublishers, Publisher.Now, TestContext.Current.CancellationToken);
            return true;
        }
    }

    [Fact]
    public async Task A_thousand_words_are_answered()
    {
        await FillAsync(("quotes", "Quotes", [], null));

        Assert.Equal(["quotes"], Names("quotes " + string.Join(' ', Enumerable.Range(0, 1000))));
        Assert.Empty(Names(new string('x', 10_000)));
    }

    public void Dispose()
    {
        store.Dispose();
        owner.Dispose();
        folder.Dispose();
    }
}
