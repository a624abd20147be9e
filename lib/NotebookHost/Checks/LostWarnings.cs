using NotebookHost.Analysis;
using NotebookHost.Checks.Compilation;
using NotebookHost.Display;
using NotebookHost.Notebooks;
using NotebookHost.Scripting;

namespace NotebookHost.Checks;

/// <summary>
/// The warnings of analyzers about a cell that ended its process. A session shows warnings at the end of a cell, so these were lost with the process, but they
/// may explain its end.
/// </summary>
internal static class LostWarnings
{
    /// <summary>Compiles the cells up to a cell in this process, without running them, and analyzes the cell.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="cell">The cell that ended its process.</param>
    /// <param name="folder">The folder that the notebook's references are relative to.</param>
    /// <returns>The warnings; null if there are none or if the cells cannot be compiled.</returns>
    public static MimeBundle? Of(NotebookDocument document, NotebookCell cell, string folder)
    {
        try
        {
            var analyzers = new CellAnalyzers();
            var config = EditorConfig.Of(folder);
            var chain = CellChain.Of(document, folder, new ReferenceCache(), last: cell);
            using var limit = new CancellationTokenSource(CellAnalyzers.MaxTime);
            var warnings = chain.Scripts
                .Where(script => script.Cell == cell && !script.HasErrors && !script.IsImported)
                .SelectMany(script => analyzers.Analyze(script.Compilation, chain.Analyzers, config, limit.Token))
                .Where(warning => warning.IsWarning)
                .ToList();
            return warnings.Count > 0 ? WarningView.Of(warnings) : null;
        }
#pragma warning disable CA1031 // the error of the cell must be shown, even without warnings
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
