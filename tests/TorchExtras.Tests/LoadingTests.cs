namespace TorchSharp.Extras.Tests;

public sealed class LoadingTests
{
    [Fact]
    public void TorchSharp_loads_and_computes()
    {
        using var sum = torch.ones(2, 3).sum();
        Assert.Equal(6, sum.item<float>());
    }
}
