using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;

namespace NotebookHost.Language;

/// <summary>
/// The cells of a session as a workspace of Roslyn's editor services: each cell is a project that references the previous one. The services are loaded
/// at the first request, so that runs without requests do not load them.
/// </summary>
internal sealed class ScriptWorkspace
{
    private static readonly Lazy<ScriptWorkspace> _instance = new(() => new ScriptWorkspace());

    private readonly Lock _gate = new();
    private readonly Solution _empty;
    private ConditionalWeakTable<Compilation, ProjectId> _projects = [];
    private Solution _solution;
    private CSharpCompilation? _first;

    private ScriptWorkspace()
    {
        IEnumerable<Assembly> assemblies = [.. MefHostServices.DefaultAssemblies, typeof(CompletionService).Assembly, Assembly.Load("Microsoft.CodeAnalysis.CSharp.Features")];
        _solution = _empty = new AdhocWorkspace(MefHostServices.Create(assemblies.Distinct())).CurrentSolution;
    }

    /// <summary>Returns a script after the session's cells as a document for Roslyn's services.</summary>
    /// <param name="draft">The script, compiled with the cells.</param>
    public static Document Document(Compilation draft) => _instance.Value.Add((CSharpCompilation)draft);

    private Document Add(CSharpCompilation draft)
    {
        lock (_gate)
        {
            var cells = new Stack<CSharpCompilation>();
            for (var cell = Previous(draft); cell is not null; cell = Previous(cell))
                cells.Push(cell);
            if (cells.TryPeek(out var first) && first != _first)
                // another session: remove the previous projects
                (_first, _solution, _projects) = (first, _empty, []);
            var earlier = new Queue<CSharpCompilation>(cells.Where(cell => !_projects.TryGetValue(cell, out _)));
            while (earlier.TryDequeue(out var cell))
            {
                (_solution, var added) = Add(_solution, cell);
                // compile the projects in order: for the last of thousands of projects, the workspace would recurse through all of them
                _ = _solution.GetProject(added.ProjectId)!.GetCompilationAsync().GetAwaiter().GetResult();
            }
            var (solution, document) = Add(_solution, draft);
            return solution.GetDocument(document)!;
        }
    }

    private static CSharpCompilation? Previous(CSharpCompilation script) => script.ScriptCompilationInfo?.PreviousScriptCompilation;

    private (Solution Solution, DocumentId Document) Add(Solution solution, CSharpCompilation script)
    {
        var id = ProjectId.CreateNewId();
        // loaded files precede the script, and the options resolve them
        var tree = script.SyntaxTrees[^1];
        var project = ProjectInfo.Create(
            id,
            VersionStamp.Default,
            script.AssemblyName ?? "cell",
            script.AssemblyName ?? "cell",
            LanguageNames.CSharp,
            compilationOptions: script.Options,
            parseOptions: tree.Options,
            projectReferences: Previous(script) is { } previous && _projects.TryGetValue(previous, out var before)
                ? [new ProjectReference(before)]
                : [],
            metadataReferences: script.ExternalReferences.Where(reference => reference is not CompilationReference),
            isSubmission: true);
        var document = DocumentId.CreateNewId(id);
        _projects.AddOrUpdate(script, id);
        return (solution.AddProject(project).AddDocument(DocumentInfo.Create(
            document, "cell", sourceCodeKind: SourceCodeKind.Script, loader: TextLoader.From(TextAndVersion.Create(tree.GetText(), VersionStamp.Default)))), document);
    }
}
