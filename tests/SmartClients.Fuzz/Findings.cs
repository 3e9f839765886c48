namespace SmartClients.Fuzz;

/// <summary>What was found: told at once, and kept in a file to be fed again.</summary>
internal sealed class Findings(string folder, int seed)
{
    public int Crashes { get; private set; }

    public int Hangs { get; private set; }

    public void Crash(string target, byte[] input, string what)
    {
        Crashes++;
        Tell("crash", target, input, what);
    }

    public void Hang(string target, byte[] input)
    {
        Hangs++;
        Tell("hang", target, input, "It takes too long.");
    }

    void Tell(string kind, string target, byte[] input, string what)
    {
        var file = Path.Combine(folder, $"{kind}-{target}-{Crashes + Hangs}.bin");
        File.WriteAllBytes(file, input);
        Console.Error.WriteLine($"{kind} in {target}, seed {seed}: {what}");
        Console.Error.WriteLine($"  input: {Convert.ToBase64String(input)}");
        Console.Error.WriteLine($"  again: SmartClients.Fuzz --target {target} --input {file}");
    }
}
