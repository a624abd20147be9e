namespace TorchSharp.Extras.Native;

/// <summary>The exception for a failed MPI call, with the MPI library's message.</summary>
internal sealed class MpiException(string message) : Exception(message);
