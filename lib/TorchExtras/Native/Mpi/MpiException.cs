namespace TorchSharp.Extras.Native;

/// <summary>A call of MPI failed; the message is the library's.</summary>
internal sealed class MpiException(string message) : Exception(message);
