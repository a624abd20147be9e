using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.ArgmaxAsColumns>;

namespace TorchAnalyzers.Tests;

public sealed class ArgmaxAsColumnsTests
{
    [Theory]
    [InlineData("var p = rand(2, 3); [|p[TensorIndex.Colon, TensorIndex.Tensor(p.argmax(1))]|] = 1f;")]
    [InlineData("var p = rand(2, 3); var best = p.argmax(1); [|p[TensorIndex.Colon, TensorIndex.Tensor(best)]|] = 1f;")]
    [InlineData("var p = rand(2, 3); var q = [|p[TensorIndex.Ellipsis, TensorIndex.Tensor(p.argmax(-1))]|];")]
    [InlineData("var p = rand(2, 3); var q = [|p[TensorIndex.Slice(), TensorIndex.Tensor(p.argmin(1))]|];")]
    [InlineData("var p = rand(2, 3); var r = p.clone(); [|r.index_fill_(1, p.argmax(1), 1)|];")]
    public Task Argmax_as_columns_of_all_rows_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("var p = rand(2, 3); var q = p.gather(1, p.argmax(1, keepdim: true));")]
    [InlineData("var p = rand(2, 3); var q = p[TensorIndex.Tensor(arange(2)), TensorIndex.Tensor(p.argmax(1))];")]
    [InlineData("var p = rand(2, 3); var q = p[TensorIndex.Colon, 1];")]
    [InlineData("var p = rand(2, 3); var r = rand(2, 3); var q = p[TensorIndex.Colon, TensorIndex.Tensor(r.argmax(1))];")]
    [InlineData("var p = rand(2, 3); var q = p[TensorIndex.Colon, TensorIndex.Tensor(tensor(new[] { 0L }))];")]
    [InlineData("var p = rand(2, 3); var q = p[TensorIndex.Tensor(p.argmax(0))];")]
    [InlineData("var p = rand(2, 3); p.index_fill_(1, tensor(new[] { 0L }), 1);")]
    [InlineData("var p = rand(2, 3); p.index_fill_(0, p.argmax(1), 1);")]
    [InlineData("var p = rand(2, 3); var q = p[TensorIndex.Colon, TensorIndex.Tensor(p.argmax(0))];")]
    public Task One_element_a_row_is_not(string source) => Check.IsSilentAsync(source);
}
