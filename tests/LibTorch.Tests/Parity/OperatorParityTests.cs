using System.Text.Json;
using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

// Expected values: operators.json, written by operators.py with PyTorch; each line here is the line of the same name there.
public sealed class OperatorParityTests
{
    private static readonly Dictionary<string, double[]> _expected = JsonSerializer.Deserialize<Dictionary<string, double[]>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parity", "operators.json")))!;

    private static readonly Tensor a = arange(12, ScalarType.Float64).mul(0.7).sin().mul(2).reshape(3, 4);
    private static readonly Tensor b = arange(12, ScalarType.Float64).mul(1.3).cos().reshape(3, 4);
    private static readonly Tensor p = a.abs() + 0.5;
    private static readonly Tensor s = a.matmul(a.t()) + eye(3, dtype: ScalarType.Float64);
    private static readonly Tensor i = tensor(new long[,] { { 3, 1, 1, 0 }, { 2, 3, 3, 0 }, { 3, 1, 1, 0 } });
    private static readonly Tensor g = tensor(new long[,] { { 3, 0, 1, 2 }, { 0, 1, 2, 3 }, { 2, 2, 0, 1 } });

    private static readonly Dictionary<string, Func<Tensor>> _expressions = new()
    {
        ["abs"] = () => a.abs(),
        ["neg"] = () => -a,
        ["exp"] = () => a.exp(),
        ["exp2"] = () => a.exp2(),
        ["expm1"] = () => a.expm1(),
        ["log"] = () => p.log(),
        ["log2"] = () => p.log2(),
        ["log10"] = () => p.log10(),
        ["log1p"] = () => p.log1p(),
        ["sqrt"] = () => p.sqrt(),
        ["rsqrt"] = () => p.rsqrt(),
        ["square"] = () => a.square(),
        ["reciprocal"] = () => p.reciprocal(),
        ["sin"] = () => a.sin(),
        ["cos"] = () => a.cos(),
        ["tan"] = () => a.tan(),
        ["atan"] = () => a.atan(),
        ["sinh"] = () => a.sinh(),
        ["cosh"] = () => a.cosh(),
        ["tanh"] = () => a.tanh(),
        ["sigmoid"] = () => a.sigmoid(),
        ["relu"] = () => a.relu(),
        ["erf"] = () => a.erf(),
        ["floor"] = () => a.floor(),
        ["ceil"] = () => a.ceil(),
        ["round"] = () => a.round(),
        ["trunc"] = () => a.trunc(),
        ["frac"] = () => a.frac(),
        ["sign"] = () => a.sign(),
        ["add alpha"] = () => a.add(b, 2),
        ["sub alpha"] = () => a.sub(b, 2),
        ["rsub"] = () => 3 - a,
        ["div"] = () => a / p,
        ["rdiv"] = () => 2 / p,
        ["pow tensor"] = () => p.pow(b),
        ["remainder"] = () => a % 0.7,
        ["fmod"] = () => a.fmod(0.7),
        ["atan2"] = () => a.atan2(b),
        ["maximum"] = () => a.maximum(b),
        ["minimum"] = () => a.minimum(b),
        ["clamp"] = () => a.clamp(-0.5, 0.8),
        ["clamp min"] = () => a.clamp(min: 0.1),
        ["lerp"] = () => a.lerp(b, 0.3),
        ["compare"] = () => (a > b).@double(),
        ["logical"] = () => ((a > 0) & ~(b > 0)).@double(),
        ["matmul"] = () => a.matmul(b.t()),
        ["einsum"] = () => einsum("ij,kj->ik", a, b),
        ["bmm"] = () => stack([a, b]).bmm(stack([b.t(), a.t()])),
        ["outer"] = () => a[0].outer(b[1]),
        ["addmm"] = () => addmm(s, a, b.t(), 2, 3),
        ["kron"] = () => a[..2, ..2].kron(b[..2, ..2]),
        ["det"] = () => linalg.det(s),
        ["inv"] = () => linalg.inv(s),
        ["solve"] = () => linalg.solve(s, a),
        ["svdvals"] = () => linalg.svdvals(a),
        ["eigvalsh"] = () => linalg.eigvalsh(s),
        ["cholesky"] = () => linalg.cholesky(s),
        ["pinv"] = () => linalg.pinv(a),
        ["cdist"] = () => cdist(a, b),
        ["trace"] = () => s.trace(),
        ["sum"] = () => a.sum(),
        ["sum dim"] = () => a.sum(0),
        ["sum dims"] = () => a.sum([0, 1], keepdim: true),
        ["mean dims"] = () => a.mean([1]),
        ["std"] = () => a.std(),
        ["std dim"] = () => a.std(1, unbiased: false),
        ["var"] = () => a.var(),
        ["var dim"] = () => a.var(0),
        ["prod"] = () => a.prod(),
        ["prod dim"] = () => a.prod(1),
        ["max dim"] = () => a.max(1).values,
        ["min index"] = () => a.min(0).indexes.@double(),
        ["amax"] = () => a.amax(0),
        ["amin"] = () => a.amin(1),
        ["argmax"] = () => a.argmax().@double(),
        ["argmin dim"] = () => a.argmin(1).@double(),
        ["all any"] = () => stack([(a > -9).all(), (a > 9).any()]).@double(),
        ["topk"] = () => a.topk(2).values,
        ["sort"] = () => a.sort(1, descending: true).Values,
        ["argsort"] = () => a.argsort(0).@double(),
        ["cumsum"] = () => a.cumsum(1),
        ["cumprod"] = () => a.cumprod(0),
        ["median"] = () => a.median(),
        ["kthvalue"] = () => a.kthvalue(2, 1).values,
        ["mode"] = () => i.mode(1).values.@double(),
        ["unique"] = () => i.unique().output.@double(),
        ["unique counts"] = () => i.unique(return_counts: true).counts!.@double(),
        ["unique inverse"] = () => i.unique(return_inverse: true).inverse_indices!.@double(),
        ["unique dim"] = () => i.unique(dim: 0).output.@double(),
        ["unique consecutive"] = () => i.flatten().unique_consecutive().output.@double(),
        ["bincount"] = () => i.flatten().bincount().@double(),
        ["histc"] = () => histc(a, 4, -2, 2),
        ["quantile"] = () => quantile(a, tensor(new[] { 0.25, 0.5 }), 1),
        ["count nonzero"] = () => i.count_nonzero([0]).@double(),
        ["norm"] = () => a.norm(),
        ["norm dim"] = () => a.norm(1),
        ["norm 1"] = () => a.norm(p: 1.0f),
        ["logsumexp"] = () => a.logsumexp(1),
        ["softmax"] = () => a.softmax(1),
        ["log softmax"] = () => a.log_softmax(0),
        ["diff"] = () => a.diff(),
        ["std mean"] = () => stack([a.std_mean().std, a.std_mean().mean]),
        ["corrcoef"] = () => a.corrcoef(),
        ["cov"] = () => a.cov(),
        ["gather"] = () => a.gather(1, g),
        ["scatter"] = () => zeros([3, 4], ScalarType.Float64).scatter(1, g, a),
        ["scatter add"] = () => b.scatter_add(1, g, a),
        ["index select"] = () => a.index_select(0, tensor(new[] { 2L, 0 })),
        ["index add"] = () => a.index_add(0, tensor(new[] { 2L, 0 }), b[..2], 2),
        ["index fill"] = () => a.index_fill(1, tensor(new[] { 1L }), 7),
        ["take along dim"] = () => a.take_along_dim(g, 1),
        ["take"] = () => a.take(tensor(new[] { 0L, 5 })),
        ["masked fill"] = () => a.masked_fill(a > 0, 9),
        ["masked select"] = () => a.masked_select(a > 0),
        ["where"] = () => where(a > b, a, b),
        ["nonzero"] = () => i.nonzero().@double(),
        ["argwhere"] = () => i.argwhere().@double(),
        ["flip"] = () => a.flip(1),
        ["roll"] = () => a.roll(1, 0),
        ["tril"] = () => s.tril(),
        ["triu"] = () => s.triu(1),
        ["diag"] = () => s.diag(),
        ["diagonal"] = () => a.diagonal(1),
        ["repeat"] = () => a.repeat(2, 1),
        ["repeat interleave"] = () => a.repeat_interleave(2, 1),
        ["tile"] = () => a.tile(1, 2),
        ["expand"] = () => a[.., ..1].expand(3, 4),
        ["unfold"] = () => a.unfold(1, 2, 1),
        ["movedim"] = () => stack([a, b]).movedim(0, 2),
        ["as strided"] = () => a.as_strided([2, 2], [1, 4]),
        ["chunk"] = () => cat(a.chunk(2, 1).Reverse().ToList(), 1),
        ["split sizes"] = () => a.split([1, 2])[1],
        ["tensor split"] = () => a.tensor_split(3, 1)[2],
        ["hstack"] = () => hstack([a, b]),
        ["vstack"] = () => vstack([a, b]),
        ["meshgrid"] = () => meshgrid([a[0], b[0]], "xy")[1],
        ["linspace"] = () => linspace(-1, 2, 5),
        ["logspace"] = () => logspace(0, 2, 3),
        ["arange"] = () => arange(1, 2, 0.25),
        ["full"] = () => full([2, 2], 1.5),
        ["index mixed"] = () => a[tensor(new[] { 0L, 2 }), 1..3],
        ["index ellipsis"] = () => a[TensorIndex.Ellipsis, TensorIndex.None, 2],
        ["index step"] = () => a[TensorIndex.Colon, TensorIndex.Slice(step: 2)],
        ["rand"] = () => Seeded(7, () => rand(20)),
        ["randn"] = () => Seeded(7, () => randn(20)),
        ["randint"] = () => Seeded(7, () => randint(-3, 9, [20])).@double(),
        ["randperm"] = () => Seeded(7, () => randperm(20)).@double(),
        ["bernoulli"] = () => Seeded(7, () => bernoulli(full([20], 0.4f))),
        ["normal"] = () => Seeded(7, () => normal(1, 2, [20])),
        ["multinomial"] = () => Seeded(7, () => multinomial(ones(9), 5)).@double(),
        ["uniform"] = () => Seeded(7, () => empty(20).uniform_(-1, 1)),
        ["dropout"] = () => Seeded(7, () => nn.functional.dropout(ones(20), 0.3)),
    };

    public static TheoryData<string> Names => [.. _expected.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operator_gives_what_PyTorchs_gives(string name)
    {
        using var scope = NewDisposeScope();
        var actual = _expressions[name]().@double().flatten().ToArray<double>();
        Assert.Equal(_expected[name], actual, (x, y) => Math.Abs(x - y) <= 1e-6 * Math.Max(1, Math.Abs(x)));
    }

    [Fact]
    public void Every_expression_has_its_counterpart() => Assert.Equal(_expected.Keys.Order(), _expressions.Keys.Order());

    private static Tensor Seeded(long seed, Func<Tensor> draw)
    {
        manual_seed(seed);
        return draw();
    }
}
