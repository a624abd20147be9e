using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Repository.Tests;

/// <summary>
/// Finds calls of TorchSharp with a number that nothing keeps alive while libtorch computes (docs/torchsharp-pitfalls.md): a Scalar that is neither a variable
/// of a using declaration nor a field, and methods and operators that create a Scalar themselves.
/// </summary>
internal sealed class UnheldNumbers
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // what takes no Scalar, or can be called without one, and creates one: found in the instructions of TorchSharp 0.107
    private static readonly Dictionary<string, string?> _creators = new(StringComparer.Ordinal)
    {
        ["add"] = "alpha",
        ["add_"] = "alpha",
        ["addcdiv"] = "value",
        ["addcdiv_"] = "value",
        ["arange"] = "step",
        ["square"] = null,
        ["elu"] = null,
        ["elu_"] = null,
        ["celu"] = null,
        ["celu_"] = null,
        ["softplus"] = null,
        ["leaky_relu"] = null,
        ["hardshrink"] = null,
        ["softshrink"] = null,
        ["hardtanh"] = null,
        ["threshold"] = null,
        ["matrix_norm"] = null,
        ["vector_norm"] = null,
        ["normal"] = null,
        ["ToScalar"] = null,
    };

    private static readonly Lazy<IReadOnlyList<PortableExecutableReference>> _assemblies = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll"))
            .Concat(Directory.EnumerateFiles(Path.Combine(Checkout.Root, "artifacts", "lib"), "*.dll"))
            .DistinctBy(Path.GetFileName)
            .Select(path => MetadataReference.CreateFromFile(path))]);

    private readonly CSharpCompilation _compilation;
    private readonly INamedTypeSymbol _scalar;
    private readonly INamedTypeSymbol _tensor;

    private UnheldNumbers(IEnumerable<(string Path, string Text)> sources, params string[] left)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: ["NET"]);
        _compilation = CSharpCompilation.Create(
            "Sources",
            sources.Append(("Usings.cs", Usings)).Select(source => CSharpSyntaxTree.ParseText(source.Item2, options, source.Item1)),
            _assemblies.Value.Where(assembly => !left.Contains(Path.GetFileName(assembly.FilePath))),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        // generators do not run here: partial methods have no body (CS8795) and set nothing (CS0170)
        var error = _compilation.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error && found.Id is not ("CS8795" or "CS0170"));
        if (error is not null)
            throw new InvalidOperationException($"The sources cannot be compiled: {error}");
        _scalar = _compilation.GetTypeByMetadataName("TorchSharp.Scalar")!;
        _tensor = _compilation.GetTypeByMetadataName("TorchSharp.torch+Tensor")!;
    }

    /// <summary>Returns the places in a library's sources, as "file(line): code".</summary>
    /// <param name="library">The name of a folder of lib/.</param>
    public static IReadOnlyList<string> InLibrary(string library)
    {
        var root = Path.Combine(Checkout.Root, "lib", library);
        string[] outputs = [Path.Combine(root, "bin"), Path.Combine(root, "obj")];
        var sources = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !outputs.Any(output => path.StartsWith(output + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            .Select(path => (Path.GetRelativePath(Checkout.Root, path), File.ReadAllText(path)));
        // a library is not compiled against itself, nor against one that depends on it
        string[] left = library == "TorchExtras" ? ["TorchExtras.dll", "DeepLearning.dll"] : ["DeepLearning.dll"];
        return new UnheldNumbers(sources, left).Find();
    }

    /// <summary>Returns the code that is found in the body of a method; <c>x</c> and <c>y</c> are tensors, and <c>_two</c> is a field.</summary>
    public static IReadOnlyList<string> InBody(string body)
    {
        var source = $$"""
            using TorchSharp;
            using static TorchSharp.torch;
            internal static class Sample
            {
                private static readonly Scalar _two = 2;
                private static void Run(Tensor x, Tensor y) { {{body}} }
            }
            """;
        return [.. new UnheldNumbers([("Sample.cs", source)]).Find().Select(found => found[(found.IndexOf(": ", StringComparison.Ordinal) + 2)..])];
    }

    private List<string> Find()
    {
        List<string> found = [];
        foreach (var tree in _compilation.SyntaxTrees)
        {
            var model = _compilation.GetSemanticModel(tree);
            // the outermost operations: bodies and initializers
            var bodies = tree.GetRoot().DescendantNodes(node => model.GetOperation(node) is null).Select(node => model.GetOperation(node)).OfType<IOperation>();
            found.AddRange(bodies.SelectMany(body => body.DescendantsAndSelf())
                .Where(operation => IsUnheldConversion(operation) || CreatesNumber(operation))
                .Select(operation => $"{tree.FilePath}({tree.GetLineSpan(operation.Syntax.Span).StartLinePosition.Line + 1}): {operation.Syntax}"));
        }
        return found;
    }

    private bool IsUnheldConversion(IOperation operation) => operation is IConversionOperation { OperatorMethod: { } method }
        && SymbolEqualityComparer.Default.Equals(method.ContainingType, _scalar) && SymbolEqualityComparer.Default.Equals(method.ReturnType, _scalar)
        && !IsHeld(operation.Parent);

    private static bool IsHeld(IOperation? parent) => parent switch
    {
        IVariableInitializerOperation variable => variable.Syntax.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { } local
            && local.UsingKeyword.IsKind(SyntaxKind.UsingKeyword),
        IFieldInitializerOperation => true,
        ISimpleAssignmentOperation assignment => assignment.Target is IFieldReferenceOperation,
        _ => false,
    };

    private bool CreatesNumber(IOperation operation)
    {
        switch (operation)
        {
            case IBinaryOperation { OperatorMethod: { } method }:
                return IsArithmetic(method);
            case ICompoundAssignmentOperation { OperatorMethod: { } method }:
                return IsArithmetic(method);
            case IInvocationOperation { TargetMethod: var method } when SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _tensor.ContainingAssembly):
                return _creators.TryGetValue(method.Name, out var parameter) && method.Parameters.All(other => other.Name != parameter);
            default:
                return false;
        }
    }

    // the sum of tensors is one with the factor 1 of the second
    private bool IsArithmetic(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingType, _tensor)
        && (method.Name == "op_Addition" || method.Parameters.Any(parameter => parameter.Type.SpecialType != SpecialType.None));
}
