using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookHost.Scripting;

/// <summary>Suggests the package whose namespace a using directive names, if the notebook does not reference it.</summary>
internal static class PackageSuggestion
{
    // a longer namespace stands before the shorter one that contains it
    private static readonly (string Space, string Reference)[] _known =
    [
        ("DeepLearning", "../artifacts/lib/DeepLearning.dll"),
        ("TorchSharp.Extras", "../artifacts/lib/DeepLearning.dll"),
        ("TorchSharp", "nuget: TorchSharp-cpu"),
        ("Plotly.NET", "nuget: Plotly.NET.Interactive"),
        ("Microsoft.Data.Analysis", "nuget: Microsoft.Data.Analysis"),
        ("Microsoft.ML", "nuget: Microsoft.ML"),
        ("MathNet.Numerics", "nuget: MathNet.Numerics"),
        ("Newtonsoft.Json", "nuget: Newtonsoft.Json"),
        ("SkiaSharp", "nuget: SkiaSharp"),
        ("XPlot.Plotly", "nuget: XPlot.Plotly.Interactive"),
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
        var (space, reference) = _known.FirstOrDefault(known => name == known.Space || name.StartsWith(known.Space + '.', StringComparison.Ordinal));
        return space is null || Exists(space, compilation.GlobalNamespace) ? null : $"did you forget '#r \"{reference}\"'?";
    }

    private static bool Exists(string name, INamespaceSymbol space) => name.Split('.').Aggregate(
        (INamespaceSymbol?)space, (outer, part) => outer?.GetNamespaceMembers().FirstOrDefault(inner => inner.Name == part)) is not null;
}
