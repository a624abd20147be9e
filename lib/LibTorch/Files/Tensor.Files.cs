using System.Text;
using TorchSharp.Files;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Writes a tensor as PyTorch's torch.save does; <see cref="PyTorchFile.Save(object, string)"/> writes containers of tensors too.</summary>
    /// <param name="t">The tensor.</param>
    /// <param name="location">The file, which is replaced at once when all is written.</param>
    public static void save(Tensor t, string location) => PyTorchFile.Save(t, location);

    /// <summary>The tensor in a file that PyTorch's torch.save wrote, or <see cref="save(Tensor, string)"/>.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else, as a state dict: see <see cref="PyTorchFile"/>.</exception>
    public static Tensor load(string location)
    {
        var content = PyTorchFile.Load(location);
        if (content is Tensor tensor)
            return tensor;
        TensorsWithin.Dispose(content);
        throw new InvalidDataException($"{location} does not hold one tensor: PyTorchFile.LoadStateDict reads state dicts, PyTorchFile.Load all else.");
    }

    public partial class Tensor
    {
        /// <inheritdoc cref="torch.save(Tensor, string)"/>
        public void save(string location) => torch.save(this, location);

        /// <inheritdoc cref="torch.load(string)"/>
        public static Tensor load(string location) => torch.load(location);

        /// <summary>Reads a tensor in TorchSharp's own format.</summary>
        /// <exception cref="InvalidDataException">The file is damaged, or of another format.</exception>
        public static Tensor Load(string location)
        {
            using var stream = File.OpenRead(location);
            return FileErrors.Named(location, () => Load(stream));
        }

        /// <inheritdoc cref="Load(string)"/>
        /// <param name="stream">Where from; it tells its length, and is read no further than the tensor goes.</param>
        public static Tensor Load(Stream stream)
        {
            ArgumentNullException.ThrowIfNull(stream);
            return TensorFile.Read(stream);
        }

        /// <inheritdoc cref="Load(string)"/>
        /// <param name="reader">Where from; its stream tells its length.</param>
        public static Tensor Load(BinaryReader reader)
        {
            ArgumentNullException.ThrowIfNull(reader);
            return TensorFile.Read(reader.BaseStream);
        }
    }
}

/// <summary>Tensors in TorchSharp's own format: type, shape and bytes.</summary>
public static class TensorFileExtensions
{
    /// <summary>Writes a tensor in TorchSharp's own format.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="location">The file, which is replaced at once when all is written.</param>
    public static void Save(this Tensor tensor, string location) => AtomicFile.Write(location, stream => Save(tensor, stream));

    /// <summary>Writes a tensor in TorchSharp's own format; the stream is left open.</summary>
    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        Save(tensor, writer);
    }

    /// <summary>Writes a tensor in TorchSharp's own format.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(writer);
        TensorFile.Write(writer, tensor);
    }
}
