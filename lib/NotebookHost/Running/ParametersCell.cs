using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NotebookHost.Notebooks;
using NotebookHost.Scripting;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>The cell with the tag "parameters", which declares the settings of a notebook and their types.</summary>
internal sealed class ParametersCell
{
    private const string Tag = "parameters";
    private const string InjectedTag = "injected-parameters";

    private readonly string _notebook;
    private readonly Dictionary<string, ITypeSymbol> _types;
    private readonly Func<ITypeSymbol, string> _name;

    private ParametersCell(string notebook, SyntaxTree tree)
    {
        _notebook = notebook;
        var model = Model(tree);
        _types = Declarations(tree, model);
        // type names as in the cell, whose using directives also apply to the injected cell
        _name = type => type.ToMinimalDisplayString(model, tree.Length);
    }

    public IReadOnlyList<string> Names => [.. _types.Keys];

    public static ParametersCell? Find(NotebookDocument document, string notebook)
        => In(document) is { } cell ? new ParametersCell(notebook, Parse(cell.Source)) : null;

    /// <summary>Returns the cell; null if the notebook has none.</summary>
    public static NotebookCell? In(NotebookDocument document) => document.CodeCells.FirstOrDefault(cell => cell.HasTag(Tag));

    /// <summary>Inserts a cell with the values after the parameters cell, replacing the cell from an earlier run.</summary>
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
            var known = _types.Count == 0 ? "declares no parameters" : $"declares {string.Join(", ", _types.Keys)}";
            throw new RunUsageException($"{_notebook} has no parameter '{name}'; its parameters cell {known}.");
        }
        var keyword = _name(type);
        if (!ParameterValue.IsSupported(type))
        {
            throw new RunUsageException(
                $"{_notebook}: parameter '{name}' has the type {keyword}; -p supports numbers, bool, char, string, enums, and arrays and lists of them.");
        }
        var literal = ParameterValue.ToLiteral(value, type, _name)
            ?? throw new RunUsageException($"{_notebook}: '{value}' is not a valid {keyword} for parameter '{name}'{Choice(type)}.");
        return $"{keyword} {ParameterValue.Identifier(name)} = {literal};";
    }

    private static string Choice(ITypeSymbol type)
        => type.TypeKind == TypeKind.Enum
            ? $"; its values are {string.Join(", ", type.GetMembers().OfType<IFieldSymbol>().Where(member => member.HasConstantValue).Select(member => member.Name))}"
            : "";

    private static SyntaxTree Parse(string source)
        => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script));

    // the compiler determines the type of 'var'
    private static SemanticModel Model(SyntaxTree tree)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: SessionOptions.DefaultImports);
        return CSharpCompilation.CreateScriptCompilation("parameters", tree, FrameworkReferences.All, options).GetSemanticModel(tree);
    }

    private static Dictionary<string, ITypeSymbol> Declarations(SyntaxTree tree, SemanticModel model)
        => ((CompilationUnitSyntax)tree.GetRoot()).Members
            .OfType<FieldDeclarationSyntax>()
            .SelectMany(field => field.Declaration.Variables)
            .Select(variable => model.GetDeclaredSymbol(variable))
            .OfType<IFieldSymbol>()
            .GroupBy(field => field.Name, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.Last().Type, StringComparer.Ordinal);
}
