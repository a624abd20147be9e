using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NotebookHost.Analysis;

/// <summary>Loads analyzers from files. The files are closed after reading, so that they can be rebuilt during a session.</summary>
/// <param name="onFailure">A function that receives a sentence about a file that cannot be loaded.</param>
internal sealed class AnalyzerLibraries(Action<string> onFailure)
{
    private readonly ConcurrentDictionary<string, Lazy<ImmutableArray<DiagnosticAnalyzer>>> _byFile = new(StringComparer.Ordinal);

    /// <summary>Returns the C# analyzers of files; if several files have the same name, the first one is used.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Load(IEnumerable<string> files)
        => [.. files.DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)
            .SelectMany(file => _byFile.GetOrAdd(file, _ => new Lazy<ImmutableArray<DiagnosticAnalyzer>>(() => LoadFile(file))).Value)];

    /// <summary>Returns the name of the file of an analyzer.</summary>
    public static string FileOf(DiagnosticAnalyzer analyzer) => analyzer.GetType().Assembly.GetName().Name + ".dll";

    private ImmutableArray<DiagnosticAnalyzer> LoadFile(string file)
    {
        var failures = new List<string>();
        var reference = new AnalyzerFileReference(file, new Loader(Path.GetDirectoryName(file)!));
        // a file without analyzers is a dependency of an analyzer
        reference.AnalyzerLoadFailed += (_, failure) =>
        {
            if (failure.ErrorCode != AnalyzerLoadFailureEventArgs.FailureErrorCode.NoAnalyzers)
                failures.Add(failure.Message);
        };
        try
        {
            // a native library is a dependency of an analyzer
            using var library = new PEReader(File.OpenRead(file));
            return library.HasMetadata ? reference.GetAnalyzers(LanguageNames.CSharp) : [];
        }
        catch (Exception error) when (error is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            failures.Add(error.Message);
            return [];
        }
        finally
        {
            if (failures.Count > 0)
                onFailure($"The analyzers of {Path.GetFileName(file)} cannot be loaded: {failures[0].ReplaceLineEndings(" ").TrimEnd('.')}. The session continues without them.");
        }
    }

    /// <summary>Loads dependencies from the folder of an analyzer; the compiler and the framework are shared with this program.</summary>
    private sealed class Loader(string folder) : AssemblyLoadContext("analyzers"), IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
            // the dependencies of an analyzer are in its folder
        }

        public Assembly LoadFromPath(string fullPath)
        {
            var name = Path.GetFileNameWithoutExtension(fullPath);
            return Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == name) ?? Read(fullPath);
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            var isShared = assemblyName.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || assemblyName.Name.StartsWith("System.", StringComparison.Ordinal);
            return !isShared && File.Exists(path) ? Read(path) : null;
        }

        private Assembly Read(string path) => LoadFromStream(new MemoryStream(File.ReadAllBytes(path)));
    }
}
