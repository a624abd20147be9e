using DeepLearning.Data;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// Wraps a model with several inputs as a model with one packed input, so that it can be trained, measured and saved like any other model:
/// <c>Trainer.Fit(MultiInputModel.Of(model, pack), new TensorBatches(pack.Packed, targets, 64))</c>. In state dicts, its names have the prefix
/// "model.".
/// </summary>
public sealed class MultiInputModel : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "model")]
    private readonly nn.Module _model;
    private readonly InputPack _pack;
    private readonly Func<IReadOnlyList<Tensor>, Tensor> _call;

    private MultiInputModel(nn.Module model, InputPack pack, int inputs, Func<IReadOnlyList<Tensor>, Tensor> call)
        : base(nameof(MultiInputModel))
    {
        if (pack.Count != inputs)
            throw new ArgumentException($"The model has {inputs} inputs, but the pack has {pack.Count}: {pack}.", nameof(pack));
        (_model, _pack, _call) = (model, pack, call);
        RegisterComponents();
    }

    /// <summary>Gets the wrapped model.</summary>
    public nn.Module Model => _model;

    /// <summary>Wraps a model.</summary>
    /// <param name="model">The model, which gets the inputs in the order of the pack.</param>
    /// <param name="pack">The pack, which defines the shapes of the inputs.</param>
    /// <exception cref="ArgumentException">The numbers of inputs differ.</exception>
    public static MultiInputModel Of(nn.Module<Tensor, Tensor, Tensor> model, InputPack pack)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pack);
        return new(model, pack, 2, inputs => model.call(inputs[0], inputs[1]));
    }

    /// <inheritdoc cref="Of(nn.Module{Tensor, Tensor, Tensor}, InputPack)"/>
    public static MultiInputModel Of(nn.Module<Tensor, Tensor, Tensor, Tensor> model, InputPack pack)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pack);
        return new(model, pack, 3, inputs => model.call(inputs[0], inputs[1], inputs[2]));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor packed)
    {
        using var scope = NewDisposeScope();
        return _call(_pack.Unpack(packed)).MoveToOuterDisposeScope();
    }
}
