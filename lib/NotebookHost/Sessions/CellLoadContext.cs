using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

namespace NotebookHost.Sessions;

/// <summary>
/// Where a session's cells and the libraries that they reference are loaded: apart from this program's own, so that a notebook may use
/// another version of what the program uses.
/// </summary>
internal sealed class CellLoadContext() : AssemblyLoadContext("cells")
{
    private static readonly string[] _fileNames = ["{0}", "lib{0}.so", "{0}.so", "lib{0}", "lib{0}.dylib", "{0}.dylib", "{0}.dll"];

    private readonly ConcurrentDictionary<string, string> _libraries = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _natives = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Assembly> _compiled = new(StringComparer.Ordinal);

    /// <summary>Makes a library known by its name. The first one of a name stays.</summary>
    public void Add(string name, string path) => _libraries.TryAdd(name, path);

    /// <summary>Makes a native library known by its file name, wherever it lies.</summary>
    public void AddNative(string path) => _natives.TryAdd(Path.GetFileName(path), path);

    /// <summary>Loads an assembly that was compiled in this session. A name may have several versions, each used by the cells compiled against it.</summary>
    public void AddCompiled(AssemblyName name, Stream code, Stream symbols) => _compiled[Key(name)] = new CompiledContext(this).LoadFromStream(code, symbols);

    protected override Assembly? Load(AssemblyName assemblyName)
        => _compiled.TryGetValue(Key(assemblyName), out var compiled) ? compiled
            : assemblyName.Name is { } name && _libraries.TryGetValue(name, out var path) ? LoadFromAssemblyPath(path) : null;

    private static string Key(AssemblyName name) => $"{name.Name} {name.Version}";

    // The runtime itself looks beside the library that asks; this is for what lies elsewhere
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var pattern in _fileNames)
        {
            var name = string.Format(CultureInfo.InvariantCulture, pattern, unmanagedDllName);
            if (_natives.TryGetValue(name, out var path))
                return LoadUnmanagedDllFromPath(path);
        }
        return 0;
    }

    /// <summary>Where one version of a compiled assembly is loaded: a context holds one version of a name.</summary>
    private sealed class CompiledContext(CellLoadContext cells) : AssemblyLoadContext("compiled")
    {
        protected override Assembly? Load(AssemblyName assemblyName) => cells.LoadFromAssemblyName(assemblyName);
    }
}
