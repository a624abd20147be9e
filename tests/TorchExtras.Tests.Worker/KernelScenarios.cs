using TorchSharp.Extras.Native.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Worker;

/// <summary>Programs that use a kernel of this library, or libtorch's kernel if the environment disables it.</summary>
internal static class KernelScenarios
{
    [Scenario("pool")]
    public static void Pool(string[] arguments)
    {
        Console.WriteLine($"registered {CpuKernels.AreRegistered}");
        using var pooled = nn.functional.max_pool2d(tensor(new float[] { 1, 2, 3, 4 }).reshape(1, 1, 2, 2), 2);
        Console.WriteLine($"pooled {pooled.item<float>()}");
    }

#pragma warning disable TN1026 // the scenario ends the process on purpose
    [Scenario("matmul")]
    public static void Matmul(string[] arguments)
    {
        Console.WriteLine($"registered {CpuKernels.AreRegistered}");
        Console.WriteLine(zeros(2, 3).matmul(zeros([4, 5], arguments is ["types"] ? ScalarType.Int32 : ScalarType.Float32)).shape.Length);
    }
#pragma warning restore TN1026
}
