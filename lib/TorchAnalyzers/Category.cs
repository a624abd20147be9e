namespace TorchAnalyzers;

/// <summary>The categories of the rules.</summary>
internal static class Category
{
    /// <summary>The code runs and computes something else than it says, or fails when it runs.</summary>
    public const string Correctness = "TorchSharp.Correctness";

    /// <summary>The model trains or is evaluated in a way that was not meant.</summary>
    public const string Training = "TorchSharp.Training";

    /// <summary>Tensors stay in memory, or are disposed of too early.</summary>
    public const string Memory = "TorchSharp.Memory";

    /// <summary>The code waits for the device more often than it has to.</summary>
    public const string Performance = "TorchSharp.Performance";
}
