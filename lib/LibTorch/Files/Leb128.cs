namespace TorchSharp.Files;

/// <summary>Numbers of TorchSharp's own format: seven bits a byte, the lowest first, the top bit set on all but the last.</summary>
internal static class Leb128
{
    public static void Write(BinaryWriter writer, long number) => writer.Write7BitEncodedInt64(number);

    /// <exception cref="InvalidDataException">The number is negative or larger than <paramref name="most"/>.</exception>
    public static long Read(BinaryReader reader, long most, string what)
    {
        var number = reader.Read7BitEncodedInt64();
        return number >= 0 && number <= most
            ? number
            : throw new InvalidDataException($"The file gives {number} as its {what}: it is damaged, or not TorchSharp's format.");
    }
}
