namespace TorchSharp.Files;

/// <summary>A sound file that is not this module's: an ArgumentException, as TorchSharp throws.</summary>
internal sealed class ModuleMismatchException(string message) : ArgumentException(message);
