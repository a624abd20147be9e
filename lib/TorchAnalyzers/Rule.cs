using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace TorchAnalyzers;

/// <summary>Creates the descriptors of the rules and what they report.</summary>
internal static class Rule
{
    /// <summary>The page that explains the rules, from the root of the repository.</summary>
    public const string Page = "docs/analyzers.md";

    private static readonly string _address = Address();

    /// <summary>Returns the address of a rule's section in the page.</summary>
    /// <param name="id">The id, such as TN1001.</param>
    public static string HelpLink(string id) => $"{_address}#{id.ToLowerInvariant()}";

    /// <summary>The property of a diagnostic that holds the title of its fix, for hosts that load no code fixes.</summary>
    public const string FixTitle = "FixTitle";

    /// <summary>Returns a diagnostic.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="fix">The title of the fix; null where there is none.</param>
    /// <param name="arguments">What the message names.</param>
    public static Diagnostic Found(DiagnosticDescriptor rule, Location place, string? fix, params object?[] arguments) => Diagnostic.Create(
        rule, place, fix is null ? null : ImmutableDictionary<string, string?>.Empty.Add(FixTitle, fix), arguments);

    // with a remote of git, the build writes its address into the assembly
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
