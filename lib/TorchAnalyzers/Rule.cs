using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace TorchAnalyzers;

/// <summary>Creates the help links and diagnostics of the rules.</summary>
internal static class Rule
{
    /// <summary>The page that describes the rules, relative to the root of the repository.</summary>
    public const string Page = "docs/analyzers.md";

    private static readonly string _address = Address();

    /// <summary>Returns the address of a rule's section on the page.</summary>
    /// <param name="id">The id, such as TN1001.</param>
    public static string HelpLink(string id) => $"{_address}#{id.ToLowerInvariant()}";

    /// <summary>The property of a diagnostic with the title of its code fix, for hosts that do not load code fixes.</summary>
    public const string FixTitle = "FixTitle";

    /// <summary>Creates a diagnostic.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="place">The location of the diagnostic.</param>
    /// <param name="fix">The title of the code fix; null if there is no code fix.</param>
    /// <param name="arguments">The arguments of the message format.</param>
    public static Diagnostic CreateDiagnostic(DiagnosticDescriptor rule, Location place, string? fix, params object?[] arguments) => Diagnostic.Create(
        rule, place, fix is null ? null : ImmutableDictionary<string, string?>.Empty.Add(FixTitle, fix), arguments);

    // the build writes the address of the Git remote to the assembly metadata
    private static string Address()
    {
        var repository = typeof(Rule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "RepositoryUrl")?.Value;
        if (repository is null || !repository.StartsWith("https://", StringComparison.Ordinal))
            return Page;
        if (repository.EndsWith(".git", StringComparison.Ordinal))
            repository = repository.Substring(0, repository.Length - ".git".Length);
        return $"{repository}/blob/HEAD/{Page}";
    }
}
