using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>The cell tagged "parameters": which settings a notebook declares, and of which types.</summary>
internal sealed class ParametersCell
{
    private const string Tag = "parameters";
    private const string InjectedTag = "injected-parameters";

    private readonly string _notebook;
    private readonly Dictionary<string, ITypeSymbol> _types;

    private ParametersCell(string notebook, Dictionary<string, ITypeSymbol> types)
    {
        _notebook = notebook;
        _types = types;
    }

    public IReadOnlyList<string> Names => [.. _types.Keys];

    public static ParametersCell? Find(NotebookDocument document, string notebook)
        => document.CodeCells.FirstOrDefault(cell => cell.HasTag(Tag)) is { } cell
            ? new ParametersCell(notebook, Declarations(cell.Source))
            : null;

    /// <summary>Puts a cell with the values after the parameters cell, in place of one from an earlier run.</summary>
    public void Inject(NotebookDocument document, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var declarations = values.Select(value => Declare(value.Key, value.Value)).ToList();
        for (var i = document.Cells.Count - 1; i >= 0; i--)
        {
            if (document.Cells[i].HasTag(InjectedTag))
                document.RemoveAt(i);
        }
        var index = document.Cells.TakeWhile(cell => cell.Kind != CellKind.Code || !cell.HasTag(Tag)).Count();
        document.Insert(index + 1, NotebookCell.Code(string.Join('\n', declarations), InjectedTag));
    }

    private string Declare(string name, string value)
    {
        if (!_types.TryGetValue(name, out var type))
        {
            var known = _types.Count == 0 ? "declares none" : $"declares {string.Join(", ", _types.Keys)}";
            throw new RunUsageException($"{_notebook} has no parameter '{name}'; its parameters cell {known}.");
        }
        var keyword = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        if (!ParameterValue.IsSupported(type.SpecialType))
        {
            throw new RunUsageException(
                $"{_notebook}: parameter '{name}' is of type {keyword}; -p sets int, long, float, double, decimal, bool and string.");
        }
        var literal = ParameterValue.ToLiteral(value, type.SpecialType)
            ?? throw new RunUsageException($"{_notebook}: '{value}' is no {keyword}, which parameter '{name}' is.");
        return $"{keyword} {name} = {literal};";
    }

    // The compiler says what 'var' stands for
    private static Dictionary<string, ITypeSymbol> Declarations(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: SessionOptions.DefaultImports);
        var model = CSharpCompilation.CreateScriptCompilation("parameters", tree, FrameworkReferences.All, options).GetSemanticModel(tree);
        return ((CompilationUnitSyntax)tree.GetRoot()).Members
            .OfType<FieldDeclarationSyntax>()
            .SelectMany(field => field.Declaration.Variables)
            .Select(variable => model.GetDeclaredSymbol(variable))
            .OfType<IFieldSymbol>()
            .GroupBy(field => field.Name, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.Last().Type, StringComparer.Ordinal);
    }
}
