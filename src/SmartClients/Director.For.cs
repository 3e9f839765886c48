using SmartClients.Naming;

namespace SmartClients;

/// <content>How a director comes from a name, and what it was made of.</content>
public sealed partial class Director
{
    /// <summary>A director for a fixed list, such as <c>list:host:port,host:port</c>, or another form that <see cref="Names.Core"/> opens.</summary>
    /// <exception cref="FormatException">The name cannot be read.</exception>
    public static Director For(string name, DirectorOptions? options = null) => For(name, Names.Core, options);

    /// <summary>A director for a name in any of the forms of a table.</summary>
    /// <param name="name">The name: <c>service://quotes</c>, <c>list:host:port,host:port</c>.</param>
    /// <param name="names">The table.</param>
    /// <param name="options">Every knob. When left out, the defaults with what the name's certificate wishes, as far as it is known already.</param>
    /// <exception cref="FormatException">The name cannot be read.</exception>
    public static Director For(string name, Names names, DirectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        var source = names.Open(name);
        return new Director(name, source, options ?? new DirectorOptions().Following(source.Advice));
    }

    /// <summary>The service's name.</summary>
    public string Name { get; }

    /// <summary>Where the members are learnt.</summary>
    public NameSource Source => source;

    /// <summary>The clock that the director goes by.</summary>
    public TimeProvider Time => clock.Time;
}
