using TorchSharp.Files;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Reads and writes PyTorch's own files (.pth, .pt), like <see href="https://pytorch.org/docs/stable/notes/serialization.html">torch.save and
/// torch.load</see>: tensors in plain containers. Loading never runs code: a file with any other object is rejected, so files from unknown sources
/// are safe to open.
/// </summary>
public static class PyTorchFile
{
    /// <summary>Loads a file. All tensors are created on the CPU; tensors that shared memory when they were saved share memory again.</summary>
    /// <param name="path">The path of the file, in the zip format of torch.save or in the format of PyTorch before 1.6.</param>
    /// <returns>
    /// A <see cref="Tensor"/>, string, long, double, bool or null, or a <c>Dictionary&lt;object, object?&gt;</c>, <c>List&lt;object?&gt;</c>
    /// or (for a tuple) <c>object?[]</c> of these.
    /// </returns>
    /// <exception cref="FileNotFoundException">The file does not exist, or the path is that of a folder.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, has another format, or contains other objects.</exception>
    public static object? Load(string path)
    {
        using var stream = FileErrors.Open(path);
        return FileErrors.Named(path, () => Load(stream));
    }

    /// <inheritdoc cref="Load(string)" path="/summary|/returns|/exception[contains(@cref, 'InvalidData')]"/>
    /// <param name="stream">A seekable stream, which is read from its start.</param>
    /// <exception cref="ArgumentException">The stream is not seekable.</exception>
    public static object? Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream is not seekable, but reading a zip archive starts at its end: copy the stream to a "
                + "MemoryStream first.", nameof(stream));
        stream.Position = 0;
        return FileErrors.Clear(() => LegacyFile.IsLegacy(stream) ? LegacyFile.Read(stream) : PyTorchArchive.Read(stream));
    }

    /// <summary>Loads a file that is a state dict: a dictionary from names to tensors.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="FileNotFoundException">The file does not exist, or the path is that of a folder.</exception>
    /// <exception cref="InvalidDataException">The file is not a dictionary from names to tensors, or cannot be loaded.</exception>
    public static Dictionary<string, Tensor> LoadStateDict(string path)
    {
        var content = Load(path);
        if (StateDicts.TryRead(content) is { } state)
            return state;
        var found = content is Dictionary<object, object?> other ? $"a dictionary of {string.Join(", ", other.Keys.Take(10))}" : "another object";
        NestedTensors.Dispose(content);
        throw new InvalidDataException(
            $"{path} contains {found}, not a state dict of tensors: load it with PyTorchFile.Load and pass the part that is a state dict to "
            + "load_state_dict_py.");
    }

    /// <summary>Saves tensors, strings, numbers, bools, null, and dictionaries, lists and tuples of these to a file for torch.load.</summary>
    /// <param name="content">
    /// A <c>Dictionary&lt;string, Tensor&gt;</c> becomes an OrderedDict, like a state dict; parameters become plain tensors, as in PyTorch's
    /// state_dict; an <c>object?[]</c> or C# tuple becomes a tuple, any other array or list a list. Tensors that share memory share it in the
    /// file.
    /// </param>
    /// <param name="path">The path of the file, which is replaced atomically.</param>
    /// <exception cref="ArgumentException">An object has another type; no file is written.</exception>
    public static void Save(object? content, string path) => AtomicFile.Write(path, stream => Save(content, stream));

    /// <inheritdoc cref="Save(object?, string)"/>
    /// <param name="content">See <see cref="Save(object?, string)"/>.</param>
    /// <param name="stream">The output stream, which is left open.</param>
    public static void Save(object? content, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        PyTorchArchiveWriter.Write(content, stream);
    }

    /// <summary>
    /// Loads a PyTorch state dict from a file into a module. The method checks all names and shapes first; after an error, the module is unchanged.
    /// </summary>
    /// <param name="module">The module, whose parameters keep their requires_grad, device and type.</param>
    /// <param name="location">The path of the file.</param>
    /// <param name="strict">Whether the names in the file must equal the module's names.</param>
    /// <param name="skip">The names to skip.</param>
    /// <param name="loadedParameters">Receives each name in the file and whether the module has it.</param>
    /// <exception cref="FileNotFoundException">The file does not exist, or the path is that of a folder.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or not a state dict.</exception>
    /// <exception cref="InvalidOperationException">Names or shapes differ.</exception>
    public static T load_py<T>(
        this T module, string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        StateDicts.LoadAndDispose(module, LoadStateDict(location), strict, skip, loadedParameters);
        return module;
    }

    /// <summary>Saves a module's state dict for PyTorch's <c>module.load_state_dict(torch.load(path))</c>.</summary>
    /// <param name="module">The module.</param>
    /// <param name="location">The path of the file, which is replaced atomically.</param>
    /// <param name="skip">The names to skip.</param>
    public static T save_py<T>(this T module, string location, IList<string>? skip = null)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        Save(StateDicts.Of(module, skip), location);
        return module;
    }

    /// <summary>
    /// Loads a state dict into a module, like <see cref="nn.Module.load_state_dict"/>, but checks all names and shapes before the first change
    /// (TorchSharp's method can leave the module partially loaded) and never broadcasts a smaller tensor.
    /// </summary>
    /// <param name="module">The module, whose parameters keep their requires_grad, device and type.</param>
    /// <param name="state">
    /// A dictionary from names to tensors: the result of <see cref="nn.Module.state_dict"/> or <see cref="SafeTensors.Load(string)"/>, or a
    /// dictionary within the result of <see cref="Load(string)"/>. The tensors are copied and not disposed of.
    /// </param>
    /// <param name="strict">Whether the names in the state must equal the module's names.</param>
    /// <param name="skip">The names to skip.</param>
    /// <returns>The names that only the module has, and the names that only the state has.</returns>
    /// <exception cref="InvalidDataException">The state is not a dictionary from names to tensors.</exception>
    /// <exception cref="InvalidOperationException">Names or shapes differ; the module is unchanged.</exception>
    public static (IList<string> missing_keys, IList<string> unexpected_keys) load_state_dict_py(
        this nn.Module module, object? state, bool strict = true, IList<string>? skip = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        var source = StateDicts.TryRead(state)
            ?? throw new InvalidDataException("This is not a state dict: a state dict is a dictionary from names to tensors.");
        return StateDicts.Load(module, source, strict, skip);
    }
}
