using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchAnalyzers.Symbols;

/// <summary>Reads the cells that ran before the analyzed cell, from the chain of a script's compilations.</summary>
internal static class EarlierCells
{
    private static readonly ConditionalWeakTable<SyntaxTree, SemanticModel> _models = new();
    private static readonly ConditionalWeakTable<SyntaxTree, ISet<string>> _written = new();
    private static readonly ConditionalWeakTable<SyntaxTree, HashSet<string>> _members = new();

    /// <summary>Returns the semantic model of the cell that declares a variable; null if that cell or a later cell assigns another value to the variable.</summary>
    /// <param name="compilation">The compilation of the cell that reads the variable.</param>
    /// <param name="declaring">The source of the cell that declares it.</param>
    /// <param name="variable">The name of the variable. Another variable with the same name also counts.</param>
    public static SemanticModel? Model(Compilation compilation, SyntaxTree declaring, string variable)
    {
        for (var cell = compilation; cell is not null; cell = cell.ScriptCompilationInfo?.PreviousScriptCompilation)
        {
            foreach (var tree in cell.SyntaxTrees)
            {
                if (_written.GetValue(tree, static key => Assignments.Names(key.GetRoot())).Contains(variable))
                    return null;
            }
            if (cell.ContainsSyntaxTree(declaring))
            {
                var found = cell;
#pragma warning disable RS1030 // the analysis of a cell has no model of the cells before it, whose sources do not change
                return _models.GetValue(declaring, key => found.GetSemanticModel(key));
#pragma warning restore RS1030
            }
        }
        return null;
    }

    /// <summary>Returns whether the cells between the value of a variable and its use contain a member access with one of the names.</summary>
    /// <param name="reading">The operation that reads the variable.</param>
    /// <param name="value">The value of the variable, in the same file or in an earlier cell.</param>
    /// <param name="members">The names.</param>
    public static bool Mention(IOperation reading, IOperation value, params string[] members)
    {
        for (var cell = reading.SemanticModel?.Compilation; cell is not null; cell = cell.ScriptCompilationInfo?.PreviousScriptCompilation)
        {
            // in a project, only the file: local variables and private fields are not visible in other files
            var trees = cell.ScriptCompilationInfo is null ? [reading.Syntax.SyntaxTree] : cell.SyntaxTrees;
            if (trees.Any(tree => _members.GetValue(tree, static key => Members(key.GetRoot())).Overlaps(members)))
                return true;
            if (cell.ContainsSyntaxTree(value.Syntax.SyntaxTree))
                return false;
        }
        return false;
    }

    private static HashSet<string> Members(SyntaxNode file) => new(file.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        .Select(access => access.Name.Identifier.ValueText), StringComparer.Ordinal);
}
