using System.Collections.Concurrent;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Notebooks.Tests.Running;

/// <summary>
/// Puts the cases of a class in the chapters' order, and notes which there are: a filter leaves some out, and those need not run.
/// </summary>
public sealed class AskedFor : ITestCaseOrderer
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> _chapters = new(StringComparer.Ordinal);

    /// <summary>The chapters that a class is asked for, in order.</summary>
    public static IReadOnlyList<string> Of(Type tests) => _chapters[tests.FullName!];

    /// <inheritdoc/>
    public IEnumerable<TTestCase> OrderTestCases<TTestCase>(IEnumerable<TTestCase> testCases)
        where TTestCase : ITestCase
    {
        var cases = testCases.OrderBy(Chapter, StringComparer.Ordinal).ToList();
        if (cases.Count > 0)
            _chapters[cases[0].TestMethod.TestClass.Class.Name] = [.. cases.Select(Chapter)];
        return cases;
    }

    private static string Chapter<TTestCase>(TTestCase testCase)
        where TTestCase : ITestCase
        => (string)testCase.TestMethodArguments[0];
}
