namespace SmartClients.Terminals.Marks;

/// <summary>Something that the shell on the machine tells us in its output.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Text">A name, a path, an exit code; or variables, each ended by a NUL.</param>
internal readonly record struct Mark(MarkKind Kind, string Text);
