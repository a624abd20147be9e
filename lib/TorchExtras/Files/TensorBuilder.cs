using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>Creates the tensors that a pickle describes as views of the file's storages.</summary>
/// <param name="load">Loads a storage as a one-dimensional CPU tensor.</param>
internal sealed class TensorBuilder(Func<PickledStorage, Tensor> load)
{
    private readonly Dictionary<string, Tensor> _storages = [];
    private readonly List<Tensor> _built = [];

    /// <summary>Reads a checked pickle. After an error, no tensors remain allocated.</summary>
    public object? Read(ReadOnlySpan<byte> pickle)
    {
        try
        {
            return new Unpickler(Build).Read(pickle).Content;
        }
        catch
        {
            foreach (var tensor in _built)
                tensor.Dispose();
            throw;
        }
        finally
        {
            foreach (var storage in _storages.Values)
                storage.Dispose();
        }
    }

    private Tensor Build(object description)
    {
        var tensor = description switch
        {
            PickledTensor view => View(view),
            PickledParameter { Data: Tensor { IsInvalid: false } data } parameter => new Parameter(data, parameter.RequiresGrad),
            _ => throw new InvalidDataException("Two parameters in the file use the same tensor object: the file is damaged."),
        };
        _built.Add(tensor);
        return tensor;
    }

    private Tensor View(PickledTensor description)
    {
        if (!_storages.TryGetValue(description.Storage.Key, out var storage))
            storage = _storages[description.Storage.Key] = load(description.Storage);
        else if (storage.dtype != description.Storage.Type)
            throw new InvalidDataException($"The file's storage {description.Storage.Key} is used with two element types, which is not supported.");
        var tensor = storage.as_strided(description.Size, description.Stride, description.Offset);
        if (description.RequiresGrad)
            tensor.requires_grad = true;
        return tensor;
    }
}
