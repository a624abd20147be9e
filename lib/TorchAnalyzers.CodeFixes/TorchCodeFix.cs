using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace TorchAnalyzers;

/// <summary>The base class of code fixes, which change one document.</summary>
public abstract class TorchCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (diagnostic.Properties.TryGetValue(Rule.FixTitle, out var title) && title is not null && Fix(root, node, diagnostic) is { } fixedRoot)
            {
                var changed = context.Document.WithSyntaxRoot(fixedRoot);
                context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), equivalenceKey: diagnostic.Id), diagnostic);
            }
        }
    }

    /// <summary>Returns the changed document; null if no fix is safe.</summary>
    private protected abstract SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic);
}
