using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SmartClients.Picking;

namespace SmartClients.Tests;

/// <summary>The shape that ARCHITECTURE.md promises, so that it cannot rot.</summary>
public partial class ArchitectureTests
{
    /// <summary>The folders of the core, in the order of a request.</summary>
    static readonly string[] Steps = ["Naming", "Membership", "Candidates", "Picking", "Sending", "Outcomes", "Learning"];

    /// <summary>Plain data of the last two steps, which every step may use; it uses nothing but itself.</summary>
    static readonly string[] PlainData = ["Outcomes", "Learning"];

    /// <summary>The one file of learning that is a step and not data.</summary>
    const string LearningStep = "Lessons.cs";

    static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "SmartClients.slnx")))
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("The tests do not run below SmartClients.slnx.");
        return at;
    }

    static string Core => Path.Combine(Root(), "src/SmartClients");

    static IEnumerable<string> Sources(string under) => Directory.EnumerateFiles(Path.Combine(Root(), under), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/artifacts/", StringComparison.Ordinal));

    [GeneratedRegex(
        @"^using (?:static )?SmartClients\.(\w+)|(?<![\w.""])(Naming|Membership|Candidates|Picking|Sending|Outcomes|Learning)\.[A-Z]\w+",
        RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"\]\(([^)#\s]+)[^)]*\)|`([\w.\-]+(?:/[\w.\-*]+)+/?)`")]
    private static partial Regex Paths();

    [Fact]
    public void The_core_references_no_package_and_no_project()
    {
        var project = XDocument.Load(Path.Combine(Core, "SmartClients.csproj"));
        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("ProjectReference"));
        Assert.All(typeof(Director).Assembly.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_step_uses_only_the_steps_before_it_and_plain_data()
    {
        var wrong = new List<string>();
        for (var step = 0; step < Steps.Length; step++)
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Core, Steps[step]), "*.cs", SearchOption.AllDirectories))
                foreach (Match use in Uses().Matches(File.ReadAllText(file)))
                {
                    var used = Array.IndexOf(Steps, use.Groups[1].Success ? use.Groups[1].Value : use.Groups[2].Value);
                    if (used < 0 || used == step) continue;
                    var isData = PlainData.Contains(Steps[step]) && Path.GetFileName(file) != LearningStep;
                    var allowed = PlainData.Contains(Steps[used]) || (used < step && !isData);
                    // An outcome's record names the endpoint that failed.
                    if (isData && Steps[used] == "Naming") allowed = true;
                    if (!allowed) wrong.Add($"{Steps[step]}/{Path.GetFileName(file)} uses {Steps[used]}");
                }
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_of_the_core_is_a_step() =>
        Assert.Equal(Steps.Order(), Directory.GetDirectories(Core).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")).Order());

    [Fact]
    public void Every_policy_is_sealed_and_in_the_table()
    {
        var policies = typeof(Policy).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Policy))).ToList();
        Assert.All(policies, t => Assert.True(t.IsSealed, t.Name));
        var made = Policies.Names.Select(name => Policies.Find(name).GetType()).ToHashSet();
        Assert.Empty(policies.Except(made).Select(t => t.Name));
    }

    [Fact]
    public void No_file_is_above_400_lines() =>
        Assert.Empty(new[] { "src", "apps", "tests", "bench" }.Where(d => Directory.Exists(Path.Combine(Root(), d))).SelectMany(Sources)
            .Where(file => File.ReadLines(file).Count() > 400).Select(file => Path.GetRelativePath(Root(), file)));

    [Fact]
    public void The_director_tells_the_story_in_under_150_lines() =>
        Assert.InRange(File.ReadLines(Path.Combine(Core, "Director.cs")).Count(), 1, 149);

    [Fact]
    public void No_type_is_named_for_nothing() =>
        Assert.DoesNotContain(typeof(Director).Assembly.GetTypes().Select(t => t.Name.Split('`')[0]),
            name => new[] { "Factory", "Manager", "Helper", "Helpers", "Utils", "Util" }.Any(end => name.EndsWith(end, StringComparison.Ordinal)));

    [Fact]
    public void Each_file_is_in_the_namespace_of_its_folder()
    {
        var wrong = Sources("src/SmartClients").Where(file =>
        {
            var folder = Path.GetRelativePath(Core, Path.GetDirectoryName(file)!);
            var expected = folder == "." ? "SmartClients" : "SmartClients." + folder.Replace('/', '.');
            return !File.ReadLines(file).Contains($"namespace {expected};");
        });
        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_one_file_touches_ambient_chance() =>
        Assert.Equal(["SharedRandom.cs"], Sources("src")
            .Where(file => Regex.IsMatch(File.ReadAllText(file), @"(?<![\w.])Random\.Shared")).Select(Path.GetFileName));

    [Fact]
    public void Every_path_that_the_architecture_names_exists()
    {
        var page = Path.Combine(Root(), "ARCHITECTURE.md");
        if (!File.Exists(page)) return;
        var missing = Paths().Matches(File.ReadAllText(page)).Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value)
            .Where(path => !path.Contains(':', StringComparison.Ordinal) && !path.Contains('*', StringComparison.Ordinal))
            .Where(path => !Path.Exists(Path.Combine(Root(), path)));
        Assert.Empty(missing);
    }
}
