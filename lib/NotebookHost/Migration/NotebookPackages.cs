using Microsoft.CodeAnalysis;
using NotebookHost.Notebooks;
using NotebookHost.Scripting;
using NotebookHost.Sessions;

namespace NotebookHost.Migration;

/// <summary>Restores a notebook's packages cell by cell, as a run does, and keeps the libraries of each.</summary>
/// <param name="folder">The notebook's folder.</param>
/// <param name="says">Receives the names of packages that are being restored.</param>
internal sealed class NotebookPackages(string folder, Action<string> says)
{
    private readonly PackageRestore _restore = new(folder, new SessionOptions { WorkingDirectory = folder }.PackageCache);
    private readonly Dictionary<string, IReadOnlyList<string>> _brought = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _known =
        [.. FrameworkReferences.Files.Select(file => Path.GetFileNameWithoutExtension(file))];
    private PackageRequest _request = PackageRequest.Nothing;

    /// <summary>Restores what a cell asks for.</summary>
    /// <exception cref="PackageException">It cannot be had.</exception>
    public async Task AddAsync(NotebookCell cell, CancellationToken cancellation)
    {
        var steps = CellSteps.Parse(cell.Source, Submissions.Dialect).OfType<PackageStep>().ToList();
        var wanted = steps.Where(step => step.Kind == 'r').Select(step => step.Name).ToList();
        foreach (var step in steps)
            _request = step.Kind == 'i' ? _request.WithSource(step.Name) : _request.WithPackage(step.Name, step.Version);
        if (wanted.Count == 0)
            return;
        says($"restoring {string.Join(", ", wanted)} …");
        var restored = await _restore.RestoreAsync(_request, onLine: null, cancellation).ConfigureAwait(false);
        foreach (var warning in restored.Warnings)
            says(warning);
        // what an earlier cell brought stays as it was
        List<string> brought = [.. restored.Libraries.Where(path => _known.Add(Path.GetFileNameWithoutExtension(path)))];
        foreach (var name in wanted)
        {
            _brought.TryAdd(name, brought);
            brought = [];
        }
    }

    /// <summary>Returns the libraries that came with a package; null when it was not asked for.</summary>
    public IReadOnlyList<string>? Of(string package) => _brought.GetValueOrDefault(package);
}
