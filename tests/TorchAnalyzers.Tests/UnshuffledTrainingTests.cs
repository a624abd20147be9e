using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.UnshuffledTraining>;

namespace TorchAnalyzers.Tests;

public sealed class UnshuffledTrainingTests
{
    [Theory]
    [InlineData("""
        var train = [|torch.utils.data.DataLoader(new Data1(), 8)|];
        foreach (var b in train) b["x"].sum().backward();
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    [InlineData("""
        var trainLoader = [|new DataLoader(new Data1(), 8)|];
        foreach (var b in trainLoader) b["x"].sum().backward();
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    public Task Training_data_in_one_order_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        var train = torch.utils.data.DataLoader(new Data1(), 8, shuffle: true);
        foreach (var b in train) b["x"].sum().backward();
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    [InlineData("""
        var train = torch.utils.data.DataLoader(new Data1(), 8, shuffle: false);
        foreach (var b in train) b["x"].sum().backward();
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    [InlineData("""
        var test = torch.utils.data.DataLoader(new Data1(), 8);
        foreach (var b in test) b["x"].sum().backward();
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    [InlineData("""
        var train = torch.utils.data.DataLoader(new Data1(), 8);
        foreach (var b in train) Console.WriteLine(b);
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    [InlineData("""
        var train = new List<Tensor> { rand(1) };
        foreach (var b in train) b.sum().backward();
        """)]
    public Task Shuffled_data_and_other_data_are_not(string source) => Check.IsSilentAsync(source);
}
