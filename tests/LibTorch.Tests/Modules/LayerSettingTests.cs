using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LibTorch.Tests.Modules;

// Settings that no layer can work with: libtorch divides by some of them, which would end the process.
public sealed class LayerSettingTests
{
    private static readonly Dictionary<string, Func<long, Module>> _layers = new()
    {
        ["Linear"] = bad => Linear(bad, 4),
        ["Linear outputs"] = bad => Linear(4, bad),
        ["Unflatten"] = bad => Unflatten(1, [bad, bad]),
        ["ZeroPad2d"] = bad => ZeroPad2d(bad * 10),
        ["Softmax"] = bad => Softmax(bad + 7),
        ["MaxPool1d"] = bad => MaxPool1d(bad),
        ["MaxPool1d stride"] = bad => MaxPool1d(2, bad),
        ["MaxPool1d dilation"] = bad => MaxPool1d(2, dilation: bad),
        ["MaxPool2d"] = bad => MaxPool2d(bad),
        ["MaxPool2d stride"] = bad => MaxPool2d(2, bad),
        ["AvgPool1d"] = bad => AvgPool1d(bad),
        ["AvgPool1d stride"] = bad => AvgPool1d(2, bad),
        ["AvgPool2d"] = bad => AvgPool2d(bad),
        ["AvgPool2d stride"] = bad => AvgPool2d(2, bad),
        ["AvgPool2d divisor"] = bad => AvgPool2d(2, divisor_override: bad),
        ["AvgPool2d short"] = bad => AvgPool2d([2], [bad]),
        ["AdaptiveAvgPool1d"] = bad => AdaptiveAvgPool1d(bad),
        ["AdaptiveAvgPool2d"] = bad => AdaptiveAvgPool2d(bad),
        ["AdaptiveAvgPool2d short"] = bad => AdaptiveAvgPool2d([3]),
        ["AdaptiveMaxPool2d"] = bad => AdaptiveMaxPool2d([bad, 2]),
        ["Upsample"] = bad => Upsample([bad]),
        ["Upsample by"] = bad => Upsample(scale_factor: [bad], mode: UpsampleMode.Bilinear),
        ["Upsample bicubic"] = bad => Upsample([bad, 3], mode: UpsampleMode.Bicubic),
        ["Conv1d"] = bad => Conv1d(4, 4, bad),
        ["Conv1d stride"] = bad => Conv1d(4, 4, 3, stride: bad),
        ["Conv1d dilation"] = bad => Conv1d(4, 4, 3, dilation: bad),
        ["Conv2d"] = bad => Conv2d(4, 4, bad),
        ["Conv2d stride"] = bad => Conv2d(4, 4, 3, stride: bad),
        ["Conv2d dilation"] = bad => Conv2d(4, 4, 3, dilation: bad),
        ["Conv2d padding"] = bad => Conv2d(4, 4, 3, padding: bad * 2, padding_mode: PaddingModes.Reflect),
        ["Conv2d channels"] = bad => Conv2d(bad, 4, 3),
        ["Conv2d outputs"] = bad => Conv2d(4, bad, 3),
        ["Conv2d groups"] = bad => Conv2d(4, 4, 3, groups: bad),
        ["Conv3d"] = bad => Conv3d(4, 4, bad),
        ["ConvTranspose1d"] = bad => ConvTranspose1d(4, 4, bad),
        ["ConvTranspose2d"] = bad => ConvTranspose2d(4, 4, bad),
        ["ConvTranspose2d stride"] = bad => ConvTranspose2d(4, 4, 3, stride: bad),
        ["ConvTranspose2d padding"] = bad => ConvTranspose2d(4, 4, 3, output_padding: bad - 3),
        ["Embedding"] = bad => Embedding(bad, 3),
        ["Embedding width"] = bad => Embedding(7, bad),
        ["LayerNorm"] = bad => LayerNorm(bad),
        ["LayerNorm empty"] = bad => LayerNorm([]),
        ["GroupNorm"] = bad => GroupNorm(bad, 4),
        ["GroupNorm channels"] = bad => GroupNorm(2, bad * 2),
        ["InstanceNorm2d"] = bad => InstanceNorm2d(bad),
        ["BatchNorm2d"] = bad => BatchNorm2d(bad),
        ["RNN"] = bad => RNN(bad, 3),
        ["LSTM"] = bad => LSTM(4, bad),
        ["GRU"] = bad => GRU(4, 3, bad),
        ["GRU dropout"] = bad => GRU(4, 3, 2, dropout: bad - 0.5),
        ["MultiheadAttention"] = bad => MultiheadAttention(4, bad),
        ["MultiheadAttention width"] = bad => MultiheadAttention(bad * 2, 2),
        ["TransformerEncoderLayer"] = bad => TransformerEncoderLayer(4, bad, 6),
        ["TransformerEncoderLayer inner"] = bad => TransformerEncoderLayer(4, 2, bad),
        ["Dropout"] = bad => Dropout(bad - 0.5),
        ["Dropout2d"] = bad => Dropout2d(bad - 0.5),
        ["Softplus"] = bad => Softplus(bad),
    };

    public static TheoryData<string> Names => [.. _layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Impossible_settings_give_a_result_or_an_exception_and_never_end_the_process(string name)
    {
        foreach (var bad in new[] { 0L, -1, -3 })
        {
            foreach (var type in new[] { ScalarType.Float32, ScalarType.Int64 })
            {
                foreach (var shape in new long[][] { [2, 4, 6, 6], [2, 4, 6], [4, 6], [2, 4, 4, 4, 4] })
                    TryOne(_layers[name], bad, ones(shape, type));
            }
        }
    }

    private static void TryOne(Func<long, Module> make, long bad, Tensor input)
    {
        using var scope = NewDisposeScope();
        try
        {
            using var layer = make(bad);
            input.requires_grad = is_floating_point(input.dtype);
            LayerTable.Call(layer, [input])[0].sum().backward();
        }
        catch (Exception error) when (error is ExternalException or ArgumentException)
        {
            // as it should be
        }
    }
}
