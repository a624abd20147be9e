using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.EndsTheProcess>;

namespace TorchAnalyzers.Tests;

public sealed class EndsTheProcessTests
{
    [Theory]
    [InlineData("torch.[|set_num_threads|](0);")]
    [InlineData("[|set_num_threads|](num: -1);")]
    [InlineData("const int none = 0; set_num_interop_threads(1); if (none == 0) { torch.[|set_num_interop_threads|](none); }")]
    [InlineData("torch.set_num_interop_threads(1); torch.[|set_num_interop_threads|](1);")]
    [InlineData("for (var i = 1; i < 3; i++) torch.[|set_num_interop_threads|](i);")]
    [InlineData("void Prepare() { set_num_interop_threads(1); set_num_threads(2); [|set_num_interop_threads|](2); }")]
    [InlineData("rand(2, 3).[|cummax|](2);")]
    [InlineData("var t = rand(2, 3); var (values, indices) = torch.[|cummin|](dim: -3, input: t);")]
    [InlineData("Func<Tensor> f = () => rand(2).[|cummax|](1).values;")]
    [InlineData("torch.[|set_rng_state|](zeros(5056));")]
    [InlineData("torch.random.[|set_rng_state|](zeros(16, dtype: uint8));")]
    [InlineData("var state = tensor(new long[] { 1, 2 }); random.[|set_rng_state|](state);")]
    [InlineData("var generator = new Generator(1); generator.[|set_state|](zeros(5056));")]
    [InlineData("rand(2, 3).[|matmul|](ones([3, 2], dtype: int64));")]
    [InlineData("Tensor Product() => torch.[|matmul|](tensor(new[] { 1f }), tensor(new[] { 1.0 }));")]
    public Task A_call_that_ends_the_process_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("var x = rand(2); torch.autograd.[|grad|]([x.sum()], [x]);")]
    [InlineData("var x = rand(2, requires_grad: true); var w = rand(2); torch.autograd.[|grad|](new[] { (x * w).sum() }, new List<Tensor> { w });")]
    [InlineData("var x = rand(2, requires_grad: true); var y = x.detach() * 2; autograd.[|grad|](inputs: [x], outputs: [y.sum()]);")]
    [InlineData("var x = rand(2, requires_grad: true); torch.autograd.[|grad|]([x * 2], [x]);")]
    [InlineData("var x = rand(2, requires_grad: true); Tensor[] outputs = [torch.sigmoid(rand(2)).sum()]; torch.autograd.[|grad|](outputs, [x]);")]
    public Task A_gradient_that_is_none_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("torch.set_num_threads(2); torch.set_num_threads(1);")]
    [InlineData("torch.set_num_threads(Environment.ProcessorCount);")]
    [InlineData("torch.set_num_interop_threads(1);")]
    [InlineData("if (args.Length > 0) { torch.set_num_interop_threads(1); } else { torch.set_num_interop_threads(2); }", true)]
    [InlineData("foreach (var n in new[] { 1, 2 }) { torch.set_num_interop_threads(n); break; }")]
    [InlineData("void set_num_threads(int n) { } set_num_threads(0);")]
    [InlineData("rand(2, 3).cummax(1); rand(2, 3).cummax(-2); torch.cummin(rand(2, 3), 0); rand(2, 3).cumsum(2); tensor(1f).cummax(0);")]
    [InlineData("void Largest(Tensor t, long dim) { t.cummax(2); rand(2).cummax(dim); }")]
    [InlineData("torch.set_rng_state(torch.get_rng_state());")]
    [InlineData("var state = zeros(5056, dtype: uint8); torch.set_rng_state(state);")]
    [InlineData("var x = rand(2, requires_grad: true); torch.autograd.grad([x.sum()], [x]);")]
    [InlineData("var x = rand(2); x.requires_grad = true; torch.autograd.grad([x.sum()], [x]);")]
    [InlineData("var x = rand(2); x.requires_grad_(); torch.autograd.grad([x.sum()], [x]);")]
    [InlineData("var x = rand(2).requires_grad_(); torch.autograd.grad([x.sum()], [x]);")]
    [InlineData("var x = rand(2, requires_grad: true); torch.autograd.grad([x * 2], [x], [ones(2)]);")]
    [InlineData("var net = Linear(2, 1); var loss = net.call(rand(1, 2)).sum(); torch.autograd.grad([loss], net.parameters().Cast<Tensor>().ToList());")]
    [InlineData("IList<Tensor> Grad(Tensor y, Tensor x) => torch.autograd.grad([y], [x]);")]
    [InlineData("rand(2, 3).matmul(ones([3, 2])); rand(2, 3).mm(ones([3, 2], dtype: int64));")]
    [InlineData("set_default_dtype(float64); rand(2, 3).matmul(ones([3, 2], dtype: float64));")]
    public Task A_call_that_is_right_or_not_known_is_not(string source, bool isProgram = false) =>
        isProgram ? Check.FindsInProgramAsync(source) : Check.IsSilentAsync(source);
}
