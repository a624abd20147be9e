using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

namespace NotebookHost.Sessions;

/// <summary>
/// The load context of a session's cells and their libraries, which is separate from that of this program, so that a notebook can use
/// other versions of the same libraries.
/// </summary>
internal sealed class CellLoadContext() : AssemblyLoadContext("cells")
{
    private static readonly string[] _fileNames = ["{0}", "lib{0}.so", "{0}.so", "lib{0}", "lib{0}.dylib", "{0}.dylib", "{0}.dll"];

    private readonly ConcurrentDictionary<string, string> _libraries = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _natives = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Assembly> _compiled = new(StringComparer.Ordinal);

    /// <summary>Registers a library by its name. The first library with a name is kept.</summary>
    public void Add(string name, string path) => _libraries.TryAdd(name, path);

    /// <summary>Registers a native library by its file name.</summary>
    public void AddNative(string path) => _natives.TryAdd(Path.GetFileName(path), path);

    /// <summary>Loads an assembly that was compiled in this session. An assembly can have several versions, each used by the cells that were compiled with it.</summary>
    public void AddCompiled(AssemblyName name, Stream code, Stream symbols) => _compiled[Key(name)] = new CompiledContext(this).LoadFromStream(code, symbols);

    protected override Assembly? Load(AssemblyName assemblyName)
        => _compiled.TryGetValue(Key(assemblyName), out var compiled) ? compiled
            : assemblyName.Name is { } name && _libraries.TryGetValue(name, out var path) ? LoadFromAssemblyPath(path) : null;

    private static string Key(AssemblyName name) => $"{name.Name} {name.Version}";

    // the runtime searches the folder of the requesting library; this method searches other folders
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

    /// <summary>The load context of one version of a compiled assembly, because a context can contain only one version.</summary>
    private sealed class CompiledContext(CellLoadContext cells) : AssemblyLoadContext("compiled")
    {
        protected override Assembly? Load(AssemblyName assemblyName) => cells.LoadFromAssemblyName(assemblyName);
    }
}
