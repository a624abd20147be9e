using Microsoft.CodeAnalysis;
using NotebookHost.Notebooks;
using NotebookHost.Scripting;
using NotebookHost.Sessions;

namespace NotebookHost.Migration;

/// <summary>Restores a notebook's packages cell by cell, as a run does, and stores the libraries of each package.</summary>
/// <param name="folder">The notebook's folder.</param>
/// <param name="report">A function that receives the names of packages that are being restored.</param>
internal sealed class NotebookPackages(string folder, Action<string> report)
{
    private readonly PackageRestore _restore = new(folder, new SessionOptions { WorkingDirectory = folder }.PackageCache);
    private readonly Dictionary<string, IReadOnlyList<string>> _brought = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _known =
        [.. FrameworkReferences.Files.Select(file => Path.GetFileNameWithoutExtension(file))];
    private PackageRequest _request = PackageRequest.Nothing;

    /// <summary>Restores the packages of a cell.</summary>
    /// <exception cref="PackageException">A package cannot be restored.</exception>
    public async Task AddAsync(NotebookCell cell, CancellationToken cancellation)
    {
        var steps = CellSteps.Parse(cell.Source, Submissions.Dialect).OfType<PackageStep>().ToList();
        var wanted = steps.Where(step => step.Kind == 'r').Select(step => step.Name).ToList();
        foreach (var step in steps)
            _request = step.Kind == 'i' ? _request.WithSource(step.Name) : _request.WithPackage(step.Name, step.Version);
        if (wanted.Count == 0)
            return;
        report($"restoring {string.Join(", ", wanted)} …");
        var restored = await _restore.RestoreAsync(_request, onLine: null, cancellation).ConfigureAwait(false);
        foreach (var warning in restored.Warnings)
            report(warning);
        // libraries of an earlier cell do not change
        List<string> brought = [.. restored.Libraries.Where(path => _known.Add(Path.GetFileNameWithoutExtension(path)))];
        foreach (var name in wanted)
        {
            _brought.TryAdd(name, brought);
            brought = [];
        }
    }

    /// <summary>Returns the libraries that were restored with a package; null if no cell references the package.</summary>
    public IReadOnlyList<string>? Of(string package) => _brought.GetValueOrDefault(package);
}
