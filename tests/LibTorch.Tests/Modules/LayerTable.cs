using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LibTorch.Tests.Modules;

/// <summary>Every layer and loss as Parity/layers.py makes it, with the same inputs: a line each.</summary>
internal static class LayerTable
{
    public static readonly IReadOnlyDictionary<string, (Func<Module> Make, Func<Tensor[]> Inputs)> All =
        new Dictionary<string, (Func<Module> Make, Func<Tensor[]> Inputs)>
        {
            ["Linear"] = (() => Linear(4, 3), () => [Wave(5, 4)]),
            ["Linear without bias"] = (() => Linear(4, 3, hasBias: false), () => [Wave(5, 4)]),
            ["ReLU"] = (() => ReLU(), Plain),
            ["GELU"] = (() => GELU(), Plain),
            ["GELU by tanh"] = (() => GELU(TorchSharp.Modules.GELU.Approximate.tanh), Plain),
            ["SiLU"] = (() => SiLU(), Plain),
            ["LeakyReLU"] = (() => LeakyReLU(0.2), Plain),
            ["ELU"] = (() => ELU(0.7), Plain),
            ["Tanh"] = (() => Tanh(), Plain),
            ["Sigmoid"] = (() => Sigmoid(), Plain),
            ["Softmax"] = (() => Softmax(1), Plain),
            ["LogSoftmax"] = (() => LogSoftmax(0), Plain),
            ["Softplus"] = (() => Softplus(2, 1), Plain),
            ["Hardtanh"] = (() => Hardtanh(-0.5, 0.8), Plain),
            ["ReLU6"] = (() => ReLU6(), () => [Wave(3, 5).mul_(5)]),
            ["Identity"] = (() => Identity(), Plain),
            ["Flatten"] = (() => Flatten(), () => [Wave(2, 3, 4)]),
            ["Unflatten"] = (() => Unflatten(1, [2, 3]), () => [Wave(2, 6)]),
            ["ZeroPad2d"] = (() => ZeroPad2d((1, 2, 0, 3)), () => [Wave(1, 2, 3, 3)]),
            ["Dropout"] = (() => Dropout(0.4), () => [Wave(4, 6)]),
            ["Dropout1d"] = (() => Dropout1d(0.4), () => [Wave(3, 6, 2)]),
            ["Dropout1d without batch"] = (() => Dropout1d(0.4), () => [Wave(6, 2)]),
            ["Dropout2d"] = (() => Dropout2d(0.4), () => [Wave(3, 6, 2, 2)]),
            ["MaxPool1d"] = (() => MaxPool1d(3, 2, 1), () => [Wave(2, 3, 7)]),
            ["MaxPool2d"] = (() => MaxPool2d(2), Image),
            ["AvgPool1d"] = (() => AvgPool1d(3, 2, 1, count_include_pad: false), () => [Wave(2, 3, 7)]),
            ["AvgPool2d"] = (() => AvgPool2d((3, 2), padding: (1, 0), divisor_override: 5), Image),
            ["AdaptiveAvgPool1d"] = (() => AdaptiveAvgPool1d(3), () => [Wave(2, 3, 7)]),
            ["AdaptiveAvgPool2d"] = (() => AdaptiveAvgPool2d((3, 4)), Image),
            ["AdaptiveMaxPool2d"] = (() => AdaptiveMaxPool2d([3, 4]), Image),
            ["Upsample nearest"] = (() => Upsample(scale_factor: [2]), () => [Wave(1, 2, 3, 3)]),
            ["Upsample linear"] = (() => Upsample([7], mode: UpsampleMode.Linear), () => [Wave(1, 2, 4)]),
            ["Upsample bilinear"] = (() => Upsample(scale_factor: [1.7], mode: UpsampleMode.Bilinear), () => [Wave(1, 2, 3, 4)]),
            ["Upsample bilinear corners"] = (() => Upsample([5, 7], null, UpsampleMode.Bilinear, true), () => [Wave(1, 2, 3, 4)]),
            ["Upsample bicubic"] = (
                () => Upsample(null, [1.7, 1.7], UpsampleMode.Bicubic, recompute_scale_factor: true), () => [Wave(1, 2, 3, 4)]),
            ["Upsample trilinear"] = (() => Upsample(scale_factor: [2], mode: UpsampleMode.Trilinear), () => [Wave(1, 1, 2, 2, 3)]),
            ["Conv1d"] = (() => Conv1d(4, 6, 3, stride: 2, padding: 1, groups: 2), () => [Wave(2, 4, 9)]),
            ["Conv1d same"] = (() => Conv1d(4, 2, 4, Padding.Same, dilation: 2), () => [Wave(2, 4, 9)]),
            ["Conv2d"] = (() => Conv2d(4, 3, (3, 2), padding: (1, 0), bias: false), Image),
            ["Conv2d reflect"] = (() => Conv2d(4, 3, 3, padding: 1, padding_mode: PaddingModes.Reflect), Image),
            ["Conv2d circular same"] = (() => Conv2d(4, 3, (2, 3), Padding.Same, padding_mode: PaddingModes.Circular), Image),
            ["Conv3d"] = (() => Conv3d(2, 3, (2, 2, 2), padding: (1, 0, 0)), () => [Wave(1, 2, 3, 3, 4)]),
            ["Conv3d replicate"] = (
                () => Conv3d(2, 3, 3, padding: 1, padding_mode: PaddingModes.Replicate), () => [Wave(1, 2, 3, 3, 4)]),
            ["ConvTranspose1d"] = (() => ConvTranspose1d(4, 2, 3, stride: 2, output_padding: 1), () => [Wave(2, 4, 5)]),
            ["ConvTranspose2d"] = (
                () => ConvTranspose2d(4, 6, (3, 2), stride: (2, 2), padding: (1, 1), groups: 2), () => [Wave(2, 4, 3, 3)]),
            ["Embedding"] = (() => Embedding(7, 3, padding_idx: -2), () => [Classes(7, 2, 5)]),
            ["Embedding max norm"] = (() => Embedding(7, 3, max_norm: 0.8), () => [Classes(7, 2, 5)]),
            ["LayerNorm"] = (() => LayerNorm([3, 4]), () => [Wave(2, 3, 4)]),
            ["GroupNorm"] = (() => GroupNorm(2, 4), Image),
            ["InstanceNorm2d"] = (() => InstanceNorm2d(4), Image),
            ["InstanceNorm2d affine"] = (() => InstanceNorm2d(4, affine: true, track_running_stats: true), Image),
            ["BatchNorm1d"] = (() => BatchNorm1d(4), () => [Wave(6, 4)]),
            ["BatchNorm2d"] = (() => BatchNorm2d(4), Image),
            ["BatchNorm3d"] = (() => BatchNorm3d(2, eps: 1e-3), () => [Wave(2, 2, 2, 3, 2)]),
            ["RNN"] = (() => RNN(4, 3), Sequence),
            ["RNN relu"] = (() => RNN(4, 3, 2, NonLinearities.ReLU, batchFirst: true), Sequence),
            ["LSTM"] = (() => LSTM(4, 3, 2, dropout: 0.3, bidirectional: true), Sequence),
            ["LSTM batch first"] = (() => LSTM(4, 3, bias: false, batchFirst: true), Sequence),
            ["LSTM state"] = (() => LSTM(4, 3), () => [Wave(5, 3, 4), Wave(1, 3, 3), Shifted(1, 1, 3, 3)]),
            ["GRU"] = (() => GRU(4, 3, 2, bidirectional: true), Sequence),
            ["GRU without batch"] = (() => GRU(4, 3), () => [Wave(5, 4), Wave(1, 3)]),
            ["MultiheadAttention"] = (() => MultiheadAttention(4, 2), Sequence),
            ["MultiheadAttention sizes"] = (
                () => MultiheadAttention(4, 2, 0.3, add_bias_kv: true, add_zero_attn: true, kdim: 3, vdim: 5, batch_first: true),
                () => [Wave(5, 3, 4), Wave(5, 6, 3), Wave(5, 6, 5)]),
            ["MultiheadAttention masks"] = (
                () => MultiheadAttention(4, 2, bias: false),
                () => [Wave(5, 3, 4), Shifted(1, 5, 3, 4), Wave(5, 3, 4), KeyMask(), CausalMask()]),
            ["MultiheadAttention without batch"] = (
                () => MultiheadAttention(4, 2, add_zero_attn: true), () => [Wave(5, 4), Wave(3, 4), Wave(3, 4), Wave(3)]),
            ["MultiheadAttention both masks"] = (
                () => MultiheadAttention(4, 2, add_bias_kv: true),
                () => [Wave(5, 3, 4), Shifted(1, 5, 3, 4), Wave(5, 3, 4), KeyMask(), Wave(6, 5, 5)]),
            ["TransformerEncoderLayer"] = (() => TransformerEncoderLayer(4, 2, 6), Sequence),
            ["TransformerEncoderLayer norm first"] = (
                () => TransformerEncoderLayer(4, 2, 6, 0, Activations.GELU, batch_first: true, norm_first: true), Sequence),
            ["TransformerEncoder"] = (() => MakeEncoder(), Sequence),
            ["TransformerEncoder masks"] = (() => MakeEncoder(0), () => [Wave(5, 3, 4), CausalMask(), KeyMask()]),
            ["CrossEntropyLoss"] = (() => CrossEntropyLoss(tensor(new[] { 0.5f, 1, 2, 1.5f }), 1), () => [Wave(5, 4), Classes(4, 5)]),
            ["CrossEntropyLoss smoothed"] = (
                () => new CrossEntropyLoss(reduction: Reduction.Sum, label_smoothing: 0.2), () => [Wave(5, 4), Classes(4, 5)]),
            ["MSELoss"] = (() => MSELoss(), Two),
            ["L1Loss"] = (() => L1Loss(Reduction.None), Two),
            ["CosineSimilarity"] = (() => CosineSimilarity(), Two),
            ["SmoothL1Loss"] = (() => SmoothL1Loss(beta: 0.5), Two),
            ["HuberLoss"] = (() => HuberLoss(0.5), Two),
            ["NLLLoss"] = (() => NLLLoss(), () => [Wave(5, 4), Classes(4, 5)]),
            ["BCELoss"] = (() => BCELoss(), () => [Wave(5, 4).sigmoid_(), Shifted(1, 5, 4).sigmoid_()]),
            ["BCEWithLogitsLoss"] = (
                () => BCEWithLogitsLoss(pos_weights: tensor(new[] { 0.5f, 1, 2, 1.5f })), () => [Wave(5, 4), Shifted(1, 5, 4).sigmoid_()]),
            ["KLDivLoss"] = (() => KLDivLoss(log_target: false), () => [Wave(5, 4), Shifted(1, 5, 4).sigmoid_()]),
            ["KLDivLoss of logarithms"] = (() => KLDivLoss(reduction: Reduction.Sum), Two),
        };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Values between −1.5 and 1.5 that are all different.</summary>
    public static Tensor Wave(params long[] shape) => Shifted(0, shape);

    public static Tensor Shifted(double phase, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return arange(count).to(ScalarType.Float64).mul_(0.7).add_(phase).sin_().mul_(1.5).reshape(shape).MoveToOuterDisposeScope();
    }

    /// <summary>Calls a layer of any number of inputs; all that it gives back but null.</summary>
    public static Tensor[] Call(Module layer, Tensor[] x) => layer switch
    {
        LSTM module => Parts(module.call(x[0], x.Length > 1 ? (x[1], x[2]) : null)),
        RNN module => Parts(module.call(x[0], x.ElementAtOrDefault(1))),
        GRU module => Parts(module.call(x[0], x.ElementAtOrDefault(1))),
        MultiheadAttention module => Parts(
            module.call(
                x[0], x.ElementAtOrDefault(1) ?? x[0], x.ElementAtOrDefault(2) ?? x[0], x.ElementAtOrDefault(3),
                attn_mask: x.ElementAtOrDefault(4))),
        TransformerEncoder module => [module.call(x[0], x.ElementAtOrDefault(1), x.ElementAtOrDefault(2))],
        Module<Tensor, Tensor, Tensor> module => [module.call(x[0], x[1])],
        Module<Tensor, Tensor> module => [module.call(x[0])],
        _ => throw new ArgumentException($"How is {layer.GetName()} called?"),
    };

    private static Tensor[] Parts(System.Runtime.CompilerServices.ITuple results) =>
        [.. Enumerable.Range(0, results.Length).Select(i => results[i]).OfType<Tensor>()];

    private static Tensor[] Plain() => [Wave(3, 5)];

    private static Tensor[] Image() => [Wave(2, 4, 6, 6)];

    private static Tensor[] Sequence() => [Wave(5, 3, 4)];

    private static Tensor[] Two() => [Wave(5, 4), Shifted(1, 5, 4)];

    private static Tensor Classes(long below, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return arange(count).mul_(3).remainder(below).reshape(shape).MoveToOuterDisposeScope();
    }

    private static Tensor KeyMask()
    {
        using var scope = NewDisposeScope();
        return arange(15).reshape(3, 5).remainder(5).eq(4).MoveToOuterDisposeScope();
    }

    private static Tensor CausalMask()
    {
        using var scope = NewDisposeScope();
        return ones(5, 5).triu(1).to(ScalarType.Bool).MoveToOuterDisposeScope();
    }

    private static TransformerEncoder MakeEncoder(double dropout = 0.1)
    {
        using var layer = TransformerEncoderLayer(4, 2, 6, dropout);
        return TransformerEncoder(layer, 2);
    }
}
