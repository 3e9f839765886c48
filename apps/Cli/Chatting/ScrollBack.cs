namespace SmartClients.Cli.Chatting;

/// <summary>Which rows of a room are seen: the last ones, until somebody goes back; from then on the same ones, whatever comes below.</summary>
internal sealed class ScrollBack
{
    // The first row that is seen; none in particular at the end.
    int? top;
    int count;
    int page = 1;

    /// <summary>How many rows are below what is seen.</summary>
    public int Below => top is { } first ? Math.Max(0, count - first - page) : 0;

    /// <summary>The rows that are seen.</summary>
    public IReadOnlyList<string> Window(IReadOnlyList<string> rows, int height)
    {
        (count, page) = (rows.Count, Math.Max(1, height));
        if (top is { } first) From(first);
        return [.. rows.Skip(top ?? Math.Max(0, count - page)).Take(page)];
    }

    /// <summary>A page back; one row of it stays in sight.</summary>
    public void Up() => From(Math.Max(0, (top ?? Math.Max(0, count - page)) - Step));

    /// <summary>A page on.</summary>
    public void Down()
    {
        if (top is { } first) From(first + Step);
    }

    /// <summary>To the end, and on with what comes.</summary>
    public void ToEnd() => top = null;

    int Step => Math.Max(1, page - 1);

    void From(int first) => top = first + page < count ? first : null;
}
