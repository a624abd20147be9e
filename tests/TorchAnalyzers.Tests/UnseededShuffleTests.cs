using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.UnseededShuffle>;

namespace TorchAnalyzers.Tests;

public sealed class UnseededShuffleTests
{
    [Theory]
    [InlineData("""
        manual_seed(1); var l = torch.utils.data.DataLoader(new Data1(), 8, [|shuffle: true|]);
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    [InlineData("""
        var l = torch.utils.data.DataLoader(new Data1(), 8, [|true|]); random.manual_seed(1);
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    public Task A_shuffle_that_ignores_the_seed_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        manual_seed(1); var l = torch.utils.data.DataLoader(new Data1(), 8, shuffle: true, seed: 1);
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    [InlineData("""
        var l = torch.utils.data.DataLoader(new Data1(), 8, shuffle: true);
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    [InlineData("""
        manual_seed(1); var l = torch.utils.data.DataLoader(new Data1(), 8, shuffle: false);
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    [InlineData("""
        manual_seed(1); var l = torch.utils.data.DataLoader(new Data1(), 8);
        class Data1 : torch.utils.data.Dataset { public override long Count => 1; public override Dictionary<string, Tensor> GetTensor(long i) => new(); }
        """)]
    public Task A_shuffle_with_a_seed_or_without_need_of_one_is_not(string source) => Check.IsSilentAsync(source);
}
