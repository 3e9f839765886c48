using System.Globalization;
using System.Text.RegularExpressions;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Guides;

public partial class GuideTests
{
    [Theory]
    [InlineData("files-from-mirrors.md")]
    [InlineData("publish-a-service.md")]
    [InlineData("simulate.md")]
    [InlineData("terminals.md")]
    [InlineData("chat.md")]
    public async Task Whoever_follows_a_guide_sees_what_it_promises(string page)
    {
        var guide = Guide.Read(WithFreePorts(await File.ReadAllTextAsync(Path.Combine(Root(), "docs/guides", page), TestContext.Current.CancellationToken)));
        Assert.NotEmpty(guide.Steps);
        using var folder = new TemporaryFolder();
        var script = folder.Write("guide.sh", $"cd '{folder.Path}'\n" + guide.Script(AppContext.BaseDirectory));
        await using var bash = RunningProcess.Start("bash", script);
        var exit = await bash.ExitAsync(TestContext.Current.CancellationToken);
        Assert.True(exit == 0, $"A command failed:\n{bash.Output}\n{bash.Errors}");
        foreach (var (index, step) in guide.Steps.Index())
            foreach (var line in step.Promised)
                Assert.Matches(Guide.Pattern(line), Guide.OutputOf(index, bash.Output));
    }

    [Fact]
    public void Every_guide_is_followed()
    {
        var followed = typeof(GuideTests).GetMethod(nameof(Whoever_follows_a_guide_sees_what_it_promises))!
            .GetCustomAttributesData().SelectMany(a => a.ConstructorArguments).SelectMany(a => a.Value is IEnumerable<System.Reflection.CustomAttributeTypedArgument> all ? all.Select(v => (string)v.Value!) : [])
            .Order();
        Assert.Equal(Directory.GetFiles(Path.Combine(Root(), "docs/guides"), "*.md").Select(Path.GetFileName).Order(), followed);
    }

    // The numbers on the page are for people; a test machine may use them for something else.
    static string WithFreePorts(string markdown)
    {
        var ports = Ports().Matches(markdown).Select(m => m.Value).Distinct().ToDictionary(p => p, _ => FreePort.Find().ToString(CultureInfo.InvariantCulture));
        return Ports().Replace(markdown, m => ports[m.Value]);
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SmartClients.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"(?<!\d)(800[1-9]|700[1-9])(?!\d)")]
    private static partial Regex Ports();
}
