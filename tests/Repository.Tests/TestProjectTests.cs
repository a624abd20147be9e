using System.Text.RegularExpressions;

namespace Repository.Tests;

public sealed partial class TestProjectTests
{
    [Fact]
    public void The_order_names_every_test_project_once()
    {
        var projects = Directory.EnumerateDirectories(Path.Combine(Checkout.Root, "tests"), "*.Tests")
            .Select(folder => Path.GetFileName(folder))
            .Where(name => File.Exists(Path.Combine(Checkout.Root, "tests", name, name + ".csproj")));
        Assert.Equal(projects.Order(), Ordered().Order());
    }

    [Fact]
    public void Every_test_project_is_in_the_solution() => Assert.All(
        Ordered(),
        name => Assert.Contains($@"tests\{name}\{name}.csproj", Checkout.Read("Notebooks.sln"), StringComparison.Ordinal));

    /// <summary>A wait with a limit fails on a busy machine. What takes a limit in the product is tested with a clock of the test.</summary>
    [Fact]
    public void No_wait_in_a_test_has_a_time_limit()
    {
        var limited = from path in Directory.EnumerateFiles(Path.Combine(Checkout.Root, "tests"), "*.*", SearchOption.AllDirectories)
                      let name = Path.GetRelativePath(Checkout.Root, path)
                      where Path.GetExtension(path) is ".cs" or ".js" or ".py"
                      where Path.GetFileName(path) != "TestProjectTests.cs"
                      where !name.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules")
                      from line in File.ReadLines(path)
                      where Limit().IsMatch(line)
                      select $"{name}: {line.Trim()}";
        Assert.Empty(limited);
    }

    private static IEnumerable<string> Ordered() => File.ReadLines(Path.Combine(Checkout.Root, "tests", "order.txt")).SelectMany(line => line.Split(' '));

    [GeneratedRegex(@"\.Wait(Async|ForExit|ForExitAsync)?\(\w*(TimeSpan\.|\d)|SpinUntil\(.+TimeSpan|CancellationTokenSource\(\w*(TimeSpan|\d)|waitForTimeout|setDefaultTimeout\([^0]|timeout=\d|\[(Fact|Theory)\(Timeout")]
    private static partial Regex Limit();
}
