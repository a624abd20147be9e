using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchAnalyzers.Symbols;

/// <summary>Determines whether training and evaluation modes differ for a model.</summary>
internal static class Modes
{
    private static readonly string[] _differing = ["Dropout", "AlphaDropout", "FeatureAlphaDropout", "BatchNorm"];

    /// <summary>Returns whether the source shows that a model has layers that differ between training and evaluation.</summary>
    /// <param name="variable">The variable that holds the model.</param>
    /// <param name="model">The semantic model of the file.</param>
    public static bool Matter(ISymbol variable, SemanticModel model)
    {
        var type = variable switch
        {
            ILocalSymbol local => local.Type,
            IFieldSymbol field => field.Type,
            IParameterSymbol parameter => parameter.Type,
            _ => null,
        };
        IEnumerable<SyntaxReference> sources = [.. variable.DeclaringSyntaxReferences, .. type?.DeclaringSyntaxReferences ?? []];
        return sources.Select(reference => reference.GetSyntax()).Where(source => source is VariableDeclaratorSyntax or TypeDeclarationSyntax).Any(
            source => source.DescendantNodes().OfType<SimpleNameSyntax>()
                .Any(name => _differing.Any(kind => name.Identifier.ValueText.StartsWith(kind, StringComparison.Ordinal))));
    }

    /// <summary>Returns whether a member trains a model: it passes the parameters to an optimizer and calls backward, or it calls train.</summary>
    public static bool IsTrained(SyntaxNode member, string model) =>
        Regions.Calls(member, "train").Any(call => Regions.IsOn(call, model)) || IsOptimized(member, model)
            && Regions.Calls(member, "backward").Any();

    /// <summary>Returns whether a member reads the parameters of a model.</summary>
    public static bool IsOptimized(SyntaxNode member, string model) =>
        Regions.Calls(member, "parameters").Concat(Regions.Calls(member, "named_parameters")).Any(call => Regions.IsOn(call, model));
}
