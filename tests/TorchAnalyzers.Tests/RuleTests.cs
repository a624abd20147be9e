using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Fixes;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Tests;

/// <summary>What all rules have in common.</summary>
public sealed class RuleTests
{
    private static readonly DiagnosticAnalyzer[] _analyzers = [.. All<DiagnosticAnalyzer>(typeof(ZeroAsScalarType).Assembly)];

    [Fact]
    public void Every_help_link_leads_to_a_section_of_the_page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Notebooks.sln")))
            folder = folder.Parent!;
        var page = File.ReadAllLines(Path.Combine(folder.FullName, "docs", "analyzers.md"));

        Assert.All(Descriptors(), rule =>
        {
            Assert.EndsWith($"docs/analyzers.md#{rule.Id.ToLowerInvariant()}", rule.HelpLinkUri, StringComparison.Ordinal);
            Assert.Contains($"## {rule.Id}", page);
        });
    }

    [Fact]
    public void Every_rule_is_on_and_is_a_warning_or_information() => Assert.All(Descriptors(), rule =>
    {
        Assert.True(rule.IsEnabledByDefault);
        Assert.Contains(rule.DefaultSeverity, new[] { DiagnosticSeverity.Warning, DiagnosticSeverity.Info });
    });

    [Fact]
    public void Every_fix_is_of_one_rule_and_can_fix_all()
    {
        var rules = Descriptors().Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        Assert.All(All<CodeFixProvider>(typeof(ZeroAsScalarTypeFix).Assembly), fix =>
        {
            Assert.Contains(Assert.Single(fix.FixableDiagnosticIds), rules);
            Assert.NotNull(fix.GetFixAllProvider());
        });
    }

    [Fact]
    public void The_rules_need_no_editor() =>
        Assert.DoesNotContain(typeof(ZeroAsScalarType).Assembly.GetReferencedAssemblies(), name => name.Name!.Contains("Workspaces", StringComparison.Ordinal));

    private static IEnumerable<DiagnosticDescriptor> Descriptors() => _analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics);

    private static IEnumerable<T> All<T>(Assembly assembly) =>
        assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T))).Select(type => (T)Activator.CreateInstance(type)!);
}
