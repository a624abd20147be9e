using System.Runtime.InteropServices;

namespace TorchSharp.Files;

/// <summary>Converts the exceptions that a damaged file can cause to <see cref="InvalidDataException"/>.</summary>
internal static class FileErrors
{
    public static T Clear<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException or FormatException or OverflowException
            or NotSupportedException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"The file is truncated or damaged. ({error.Message})", error);
        }
        catch (ExternalException error) when (error is not COMException)
        {
            throw new InvalidDataException($"A tensor in the file cannot be created: {error.Message.Split('\n')[0]}", error);
        }
    }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist, or the path is that of a folder.</exception>
    public static FileStream Open(string path) => Directory.Exists(path)
        ? throw new FileNotFoundException($"{path} is a folder: name a file in it.", path)
        : File.OpenRead(path);

    /// <summary>Prepends the file's path to the message.</summary>
    public static T Named<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }
}
