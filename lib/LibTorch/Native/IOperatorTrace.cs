namespace TorchSharp.Native;

/// <summary>Sees the operators that are called, on whichever thread.</summary>
internal interface IOperatorTrace
{
    /// <param name="name">The operator, as <see cref="Aten"/> names it.</param>
    /// <param name="arguments">What it was given.</param>
    /// <param name="results">What it gave; the handles belong to the caller.</param>
    void Called(string name, ReadOnlySpan<Argument> arguments, ReadOnlySpan<Value> results);
}
