using TorchSharp;

namespace DeepLearning.Tests.Training;

/// <summary>A fact that needs a CUDA device, and is skipped if there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithCudaAttribute : FactAttribute
{
    public FactWithCudaAttribute()
    {
        if (!torch.cuda.is_available())
            Skip = "there is no CUDA device";
    }
}
