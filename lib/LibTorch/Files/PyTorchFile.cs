using TorchSharp.Files;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// PyTorch's own files (.pth, .pt), as torch.save writes and torch.load reads them: tensors in plain containers. Whatever else a file asks for
/// is refused by name, and nothing is ever run, so that files of strangers can be opened.
/// </summary>
public static class PyTorchFile
{
    /// <summary>The content of a file. All tensors come to the CPU; those that shared memory share it again.</summary>
    /// <returns>
    /// A <see cref="Tensor"/>, string, long, double, bool or null, or a <c>Dictionary&lt;object, object?&gt;</c>, <c>List&lt;object?&gt;</c>
    /// or (for a tuple) <c>object?[]</c> of such.
    /// </returns>
    /// <exception cref="InvalidDataException">The file is damaged, of another format, or holds other objects.</exception>
    public static object? Load(string path)
    {
        using var stream = File.OpenRead(path);
        return FileErrors.Named(path, () => Load(stream));
    }

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="stream">A stream that can seek, read from its start.</param>
    public static object? Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
            throw new ArgumentException("A zip archive is read from its end, and this stream cannot seek: copy it to a MemoryStream.", nameof(stream));
        stream.Position = 0;
        return FileErrors.Clear(() => PyTorchArchive.Read(stream));
    }

    /// <summary>The state dict that a file consists of.</summary>
    /// <exception cref="InvalidDataException">The file is not a dictionary of tensors under names, or cannot be loaded at all.</exception>
    public static Dictionary<string, Tensor> LoadStateDict(string path)
    {
        var content = Load(path);
        if (content is Dictionary<object, object?> entries && entries.All(entry => entry is { Key: string, Value: Tensor }))
            return entries.ToDictionary(entry => (string)entry.Key, entry => (Tensor)entry.Value!);
        var found = content is Dictionary<object, object?> other ? $"a dictionary of {string.Join(", ", other.Keys.Take(10))}" : "no dictionary";
        TensorsWithin.Dispose(content);
        throw new InvalidDataException(
            $"{path} holds {found}, not a state dict of tensors: take the part that is one from PyTorchFile.Load and give it to load_state_dict.");
    }

    /// <summary>Writes tensors, strings, numbers, truth values, null, and dictionaries, lists and tuples of such, for torch.load.</summary>
    /// <param name="content">
    /// A dictionary of tensors becomes an OrderedDict, as a state dict is; parameters become plain tensors, as in PyTorch's state_dict; an
    /// <c>object?[]</c> or C# tuple becomes a tuple, any other array or list a list. Tensors that share memory share it in the file.
    /// </param>
    /// <param name="path">The file, which is replaced at once when all is written.</param>
    /// <exception cref="ArgumentException">Some object is none of these; there is no new file.</exception>
    public static void Save(object? content, string path) => AtomicFile.Write(path, stream => Save(content, stream));

    /// <inheritdoc cref="Save(object?, string)"/>
    /// <param name="content">See <see cref="Save(object?, string)"/>.</param>
    /// <param name="stream">Where to; it is left open.</param>
    public static void Save(object? content, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        PyTorchArchiveWriter.Write(content, stream);
    }

    /// <summary>Loads a state dict that PyTorch wrote into a module, as TorchSharp.PyBridge does.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or no state dict; the module is unchanged.</exception>
    /// <exception cref="InvalidOperationException">Names or shapes differ; the module is unchanged.</exception>
    public static T load_py<T>(
        this T module, string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        StateDicts.Load(module, LoadStateDict(location), strict, skip, loadedParameters);
        return module;
    }

    /// <summary>Saves a module's state dict for PyTorch's <c>module.load_state_dict(torch.load(path))</c>.</summary>
    public static T save_py<T>(this T module, string location, IList<string>? skip = null)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        Save(StateDicts.Of(module, skip), location);
        return module;
    }
}
