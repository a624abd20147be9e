using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NotebookHost.Display.Values;

namespace NotebookHost.Analysis;

/// <summary>Runs analyzers on cells. An analyzer that throws an exception is reported once and not run again.</summary>
internal sealed class CellAnalyzers
{
    /// <summary>The time limit of the analysis of a cell, which takes milliseconds: for analyzers that do not terminate.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(1);

    private readonly AnalyzerLibraries _libraries;
    private readonly ConcurrentDictionary<DiagnosticAnalyzer, bool> _off = [];
    private readonly ConcurrentQueue<string> _failures = [];
    private volatile bool _isOff;

    public CellAnalyzers() => _libraries = new AnalyzerLibraries(_failures.Enqueue);

    /// <summary>Returns the diagnostics of analyzers about a cell, in the order of its text.</summary>
    /// <param name="script">The script of the cell, without errors.</param>
    /// <param name="files">The files of the analyzers.</param>
    /// <param name="config">The settings of the folder of the notebook.</param>
    /// <param name="stop">A token that stops the analysis.</param>
    /// <exception cref="OperationCanceledException">The analysis was stopped.</exception>
    public IReadOnlyList<CellWarning> Analyze(CSharpCompilation script, IEnumerable<string> files, EditorConfig config, CancellationToken stop)
    {
        var analyzers = _isOff ? [] : _libraries.Load(files).RemoveAll(_off.ContainsKey);
        if (analyzers.IsEmpty)
            return [];
        try
        {
            return Analyze(script, analyzers, config, stop);
        }
#pragma warning disable CA1031 // an error of the compiler during an analysis must not fail the cell
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _isOff = true;
            _failures.Enqueue($"The analysis of cells failed and is disabled: {ShortText.OfError(error)}");
            return [];
        }
    }

    /// <summary>Returns a sentence about each analyzer that failed since the last call.</summary>
    public IReadOnlyList<string> TakeFailures()
    {
        var failures = new List<string>();
        while (_failures.TryDequeue(out var failure))
            failures.Add(failure);
        return failures;
    }

    private List<CellWarning> Analyze(CSharpCompilation script, ImmutableArray<DiagnosticAnalyzer> analyzers, EditorConfig config, CancellationToken stop)
    {
        var cell = StatementMethods.Of(script);
        var options = new CompilationWithAnalyzersOptions(
            config.Options(),
            (error, analyzer, _) => SwitchOff(analyzer, error),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        // only diagnostics about the cell, not about files that the cell loads
        var tree = script.SyntaxTrees[^1];
        return [.. config.ApplyTo(cell.Compilation).WithAnalyzers(analyzers, options)
            .GetAnalyzerDiagnosticsAsync(stop).GetAwaiter().GetResult()
            .Where(diagnostic => !diagnostic.IsSuppressed && diagnostic.Severity != DiagnosticSeverity.Hidden)
            .Where(diagnostic => diagnostic.Location.SourceTree is not { } place || place == cell.Tree)
            .Select(diagnostic => (Diagnostic: diagnostic, Place: diagnostic.Location.IsInSource ? cell.Original(diagnostic.Location.SourceSpan) : null))
            .Where(found => found.Place is not null || !found.Diagnostic.Location.IsInSource)
            .OrderBy(found => found.Place ?? int.MaxValue).ThenBy(found => found.Diagnostic.Id, StringComparer.Ordinal)
            .Select(found => (found.Place, Warning: CellWarning.Of(found.Diagnostic, tree, found.Place)))
            .DistinctBy(found => (found.Place, found.Warning.Id, found.Warning.Message))
            .Select(found => found.Warning)];
    }

    private void SwitchOff(DiagnosticAnalyzer analyzer, Exception error)
    {
        if (_off.TryAdd(analyzer, true))
            _failures.Enqueue($"The analyzer {analyzer.GetType().Name} of {AnalyzerLibraries.FileOf(analyzer)} failed and is disabled: {ShortText.OfError(error)}");
    }
}
