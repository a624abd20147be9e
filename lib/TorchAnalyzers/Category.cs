namespace TorchAnalyzers;

/// <summary>The categories of the rules.</summary>
internal static class Category
{
    /// <summary>The code computes a wrong result or fails at run time.</summary>
    public const string Correctness = "TorchSharp.Correctness";

    /// <summary>The model is trained or evaluated in an unintended way.</summary>
    public const string Training = "TorchSharp.Training";

    /// <summary>Tensors stay in memory or are disposed of too early.</summary>
    public const string Memory = "TorchSharp.Memory";

    /// <summary>The code waits for the device more often than necessary.</summary>
    public const string Performance = "TorchSharp.Performance";
}
