using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookHost.Scripting;

/// <summary>Suggests the package whose namespace a using directive names, if the notebook does not reference it.</summary>
internal static class PackageSuggestion
{
    private static readonly (string Space, string Package)[] _known =
    [
        ("TorchSharp", "TorchSharp-cpu"),
        ("Plotly.NET", "Plotly.NET.Interactive"),
        ("Microsoft.Data.Analysis", "Microsoft.Data.Analysis"),
        ("Microsoft.ML", "Microsoft.ML"),
        ("MathNet.Numerics", "MathNet.Numerics"),
        ("Newtonsoft.Json", "Newtonsoft.Json"),
        ("SkiaSharp", "SkiaSharp"),
        ("XPlot.Plotly", "XPlot.Plotly.Interactive"),
    ];

    /// <summary>Returns a question such as "did you forget '#r "nuget: TorchSharp-cpu"'?"; null if the error is not about a using directive of a known package.</summary>
    public static string? For(Diagnostic error, Compilation compilation)
    {
        if (error.Id is not ("CS0246" or "CS0234" or "CS0103") || error.Location.SourceTree is not { } tree
            || tree.GetRoot().FindNode(error.Location.SourceSpan).FirstAncestorOrSelf<UsingDirectiveSyntax>() is not { NamespaceOrType: { } named })
        {
            return null;
        }
        var name = named.ToString();
        var (space, package) = _known.FirstOrDefault(known => name == known.Space || name.StartsWith(known.Space + '.', StringComparison.Ordinal));
        return space is null || Exists(space, compilation.GlobalNamespace) ? null : $"did you forget '#r \"nuget: {package}\"'?";
    }

    private static bool Exists(string name, INamespaceSymbol space) => name.Split('.').Aggregate(
        (INamespaceSymbol?)space, (outer, part) => outer?.GetNamespaceMembers().FirstOrDefault(inner => inner.Name == part)) is not null;
}
