using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.SoftmaxBeforeLoss>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.SoftmaxBeforeLoss, TorchAnalyzers.Fixes.SoftmaxBeforeLossFix>;

namespace TorchAnalyzers.Tests;

public sealed class SoftmaxBeforeLossTests
{
    [Theory]
    [InlineData("F.cross_entropy([|F.softmax(rand(2, 3), 1)|], randint(0, 3, [2]));")]
    [InlineData("F.cross_entropy([|rand(2, 3).softmax(1)|], randint(0, 3, [2]));")]
    [InlineData("var p = rand(2, 3).softmax(1); F.cross_entropy([|p|], randint(0, 3, [2]));")]
    [InlineData("CrossEntropyLoss().call([|softmax(rand(2, 3), 1)|], randint(0, 3, [2]));")]
    [InlineData("var net = Sequential(Linear(2, 3), Softmax(1)); var y = net.call(rand(2, 2)); F.cross_entropy([|y|], randint(0, 3, [2]));")]
    [InlineData("var net = Sequential((\"a\", Linear(2, 3)), (\"s\", Softmax(1))); F.cross_entropy([|net.call(rand(2, 2))|], randint(0, 3, [2]));")]
    [InlineData("F.cross_entropy([|Softmax(1).call(rand(2, 3))|], randint(0, 3, [2]));")]
    [InlineData("F.nll_loss([|F.softmax(rand(2, 3), 1)|], randint(0, 3, [2]));")]
    [InlineData("""
        var net = new Net(); F.cross_entropy([|net.call(rand(2, 2))|], randint(0, 3, [2]));
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.softmax(x, 1);
        }
        """)]
    public Task A_softmax_before_the_loss_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("F.binary_cross_entropy_with_logits([|sigmoid(rand(4))|], ones(4));")]
    [InlineData("F.binary_cross_entropy_with_logits(target: ones(4), input: [|F.sigmoid(rand(4))|]);")]
    [InlineData("Tensor Loss(Tensor x, Tensor y) { x = x.sigmoid(); return F.binary_cross_entropy_with_logits([|x|], y); }")]
    [InlineData("var loss = BCEWithLogitsLoss(); loss.call([|rand(4).sigmoid()|], ones(4));")]
    [InlineData("var net = Sequential(Linear(2, 1), Sigmoid()); BCEWithLogitsLoss().forward([|net.call(rand(4, 2))|], ones(4, 1));")]
    public Task A_sigmoid_before_the_loss_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("F.cross_entropy(rand(2, 3), randint(0, 3, [2]));")]
    [InlineData("F.cross_entropy(F.log_softmax(rand(2, 3), 1), randint(0, 3, [2]));")]
    [InlineData("F.nll_loss(F.log_softmax(rand(2, 3), 1), randint(0, 3, [2]));")]
    [InlineData("F.cross_entropy(rand(2, 3), F.softmax(rand(2, 3), 1));")]
    [InlineData("F.mse_loss(F.softmax(rand(2, 3), 1), rand(2, 3));")]
    [InlineData("var net = Sequential(Linear(2, 3), ReLU()); F.cross_entropy(net.call(rand(2, 2)), randint(0, 3, [2]));")]
    [InlineData("var net = Sequential(Linear(2, 3), Softmax(1), Linear(3, 3)); F.cross_entropy(net.call(rand(2, 2)), randint(0, 3, [2]));")]
    [InlineData("var p = rand(2, 3); p = p.softmax(1); p = p.log(); F.cross_entropy(p, randint(0, 3, [2]));")]
    [InlineData("F.nll_loss(F.softmax(rand(2, 3), 1).log(), randint(0, 3, [2]));")]
    [InlineData("var scores = rand(2, 3); var p = scores.softmax(1); F.cross_entropy(scores, randint(0, 3, [2])); Console.WriteLine(p);")]
    [InlineData("Tensor Softened(Tensor x) => x; F.cross_entropy(Softened(rand(2, 3)), randint(0, 3, [2]));")]
    [InlineData("""
        var net = new Net(); F.cross_entropy(net.call(rand(2, 2)), randint(0, 3, [2]));
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => training ? x : F.softmax(x, 1);
        }
        """)]
    [InlineData("F.binary_cross_entropy_with_logits(rand(4), ones(4)); F.binary_cross_entropy(sigmoid(rand(4)), ones(4));")]
    [InlineData("F.binary_cross_entropy_with_logits(rand(4), sigmoid(rand(4))); BCELoss().call(rand(4).sigmoid(), ones(4));")]
    [InlineData("F.cross_entropy(sigmoid(rand(2, 3)), randint(0, 3, [2])); F.binary_cross_entropy_with_logits(rand(2, 3).softmax(1), ones(2, 3));")]
    public Task Scores_and_log_probabilities_are_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("F.cross_entropy([|F.softmax(rand(2, 3), 1)|], randint(0, 3, [2]));", "F.cross_entropy(rand(2, 3), randint(0, 3, [2]));")]
    [InlineData("F.cross_entropy([|rand(2, 3).softmax(1)|], randint(0, 3, [2]));", "F.cross_entropy(rand(2, 3), randint(0, 3, [2]));")]
    [InlineData("F.binary_cross_entropy_with_logits([|sigmoid(rand(4))|], ones(4));", "F.binary_cross_entropy_with_logits(rand(4), ones(4));")]
    [InlineData("F.binary_cross_entropy_with_logits([|rand(4).sigmoid()|], ones(4));", "F.binary_cross_entropy_with_logits(rand(4), ones(4));")]
    public Task The_fix_passes_the_scores(string source, string expected) => Fix.FixesAsync(source, expected);

    [Theory]
    [InlineData("F.nll_loss([|F.softmax(rand(2, 3), 1)|], randint(0, 3, [2]));")]
    [InlineData("var p = rand(2, 3).softmax(1); F.cross_entropy([|p|], randint(0, 3, [2]));")]
    public Task No_fix_is_offered_where_none_is_safe(string source) => Fix.OffersNothingAsync(source);
}
