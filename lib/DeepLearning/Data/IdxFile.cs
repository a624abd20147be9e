using System.Buffers.Binary;
using System.IO.Compression;

namespace DeepLearning.Data;

/// <summary>
/// An array of bytes in the format of MNIST's files: a magic number with type and rank, the sizes as big-endian 32-bit integers,
/// then the elements. Source: <see href="https://yann.lecun.com/exdb/mnist/">the IDX format</see>.
/// </summary>
/// <param name="Sizes">The length of each dimension.</param>
/// <param name="Elements">The elements in row-major order.</param>
public sealed record IdxFile(IReadOnlyList<int> Sizes, byte[] Elements)
{
    private const byte UnsignedByte = 0x08;
    private const int MostElements = 1 << 30;

    /// <summary>Reads a file and decompresses it if it is a gzip file.</summary>
    /// <param name="path">The path of the file, compressed or not.</param>
    /// <param name="rank">The expected number of dimensions.</param>
    /// <exception cref="InvalidDataException">
    /// The file is not an IDX file, has another rank, is truncated, or is longer than its header indicates.
    /// </exception>
    public static IdxFile Read(string path, int rank)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start[0] == 0x1f && start[1] == 0x8b;
        file.Position = 0;
        try
        {
            if (!isGzip)
                return Read(file, rank);
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            return Read(unpacked, rank);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path} is damaged or not an IDX file: {error.Message} Delete it; it will be downloaded again.", error);
        }
    }

    /// <summary>Writes the array as a gzip-compressed IDX file.</summary>
    /// <param name="stream">The output stream, which is left open.</param>
    public void Write(Stream stream)
    {
        using var packed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        Span<byte> number = stackalloc byte[4];
        packed.Write([0, 0, UnsignedByte, (byte)Sizes.Count]);
        foreach (var size in Sizes)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, size);
            packed.Write(number);
        }
        packed.Write(Elements);
    }

    private static IdxFile Read(Stream stream, int rank)
    {
        Span<byte> number = stackalloc byte[4];
        Fill(stream, number, "its header");
        if (number[0] != 0 || number[1] != 0 || number[2] != UnsignedByte)
            throw new InvalidDataException($"its magic number is {Convert.ToHexString(number)}, not 000008 and the rank.");
        if (number[3] != rank)
            throw new InvalidDataException($"it has {number[3]} dimensions, not {rank}.");
        var sizes = new int[rank];
        long count = 1;
        for (var i = 0; i < rank; i++)
        {
            Fill(stream, number, "its header");
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(number);
            if (sizes[i] < 0 || (count *= sizes[i]) > MostElements)
                throw new InvalidDataException($"its header says {string.Join("x", sizes.Take(i + 1))} elements.");
        }
        var elements = new byte[count];
        Fill(stream, elements, $"its {count} elements");
        if (stream.ReadByte() >= 0)
            throw new InvalidDataException("there are bytes after the last element.");
        return new IdxFile(sizes, elements);
    }

    private static void Fill(Stream stream, Span<byte> buffer, string what)
    {
        var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (read < buffer.Length)
            throw new InvalidDataException($"it ends within {what}.");
    }
}
