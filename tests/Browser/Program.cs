using System.Reflection;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

// The test runner of the other projects needs threads and processes; a browser has neither. This one calls every [Fact], and every
// [Theory] with each of its lines of data.
var (passed, failed, elsewhere) = (0, 0, 0);
foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }).OrderBy(t => t.FullName, StringComparer.Ordinal))
{
    foreach (var (test, data) in type.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null).SelectMany(Lines))
    {
        try
        {
            if (test.Invoke(Activator.CreateInstance(type), data) is Task task) await task;
            passed++;
        }
        catch (Exception error) when ((error.InnerException ?? error) is PlatformNotSupportedException)
        {
            elsewhere++;
        }
        catch (Exception error)
        {
            failed++;
            Console.WriteLine($"FAILED {type.Name}.{test.Name}: {(error.InnerException ?? error).Message}");
        }
    }
}
Console.WriteLine($"browser: {passed} passed, {failed} failed; {elsewhere} need threads, files or sockets");
return failed == 0 && passed > 0 ? 0 : 1;

static IEnumerable<(MethodInfo Test, object?[]? Data)> Lines(MethodInfo test) =>
    test.GetParameters().Length == 0 ? [(test, null)] : test.GetCustomAttributes<InlineDataAttribute>().Select(line => (test, (object?[]?)line.Data));
