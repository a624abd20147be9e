using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>What a step of SGD needs; mirrors optimizers.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SgdStep
{
    public double LearningRate;
    public double Momentum;
    public double Gain;
    public double WeightDecay;
    public long Nesterov;
}

/// <summary>What a step of Adam or AdamW needs; mirrors optimizers.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AdamStep
{
    public double Beta1;
    public double Beta2;
    public double Eps;
    public double WeightDecay;
    public double Shrink;
    public double Sign;
    public double Size;
    public double Root;
}

internal static unsafe partial class Door
{
    [LibraryImport(Library)]
    internal static partial int door_step_sgd(nint* handles, int count, int states, SgdStep* step, int* done);

    [LibraryImport(Library)]
    internal static partial int door_step_adam(nint* handles, int count, int states, AdamStep* step, int* done);
}
