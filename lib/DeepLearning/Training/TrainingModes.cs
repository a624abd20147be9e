using TorchSharp.Extras.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Keeps submodules in evaluation mode during training if the user has set them to evaluation mode.</summary>
internal sealed class TrainingModes
{
    private readonly nn.Module _model;
    private readonly List<nn.Module> _frozen;
    private ModuleModes _modes;

    /// <summary>
    /// Sets a model to training mode. A model in training mode keeps the modes of its submodules, which the caller has set. A model in evaluation
    /// mode, for example after a prediction, is set to training mode, except for submodules whose parameters are all frozen.
    /// </summary>
    public TrainingModes(nn.Module model)
    {
        _model = model;
        if (!model.training)
        {
            model.train();
            foreach (var module in model.modules().Where(IsFrozen))
                module.eval();
        }
        _modes = ModuleModes.Of(model);
        _frozen = [.. model.modules().Where(module => !module.training && IsFrozen(module))];
    }

    /// <summary>
    /// Reverts changes that callbacks may have made between epochs: a model that was left in evaluation mode gets its modes back, and submodules with
    /// frozen parameters are set to evaluation mode again after <c>train()</c> of the model. Other changes are kept as intended by callbacks.
    /// </summary>
    public void Keep()
    {
        if (!_model.training)
            _modes.Restore();
        foreach (var module in _frozen.Where(module => module.training && IsFrozen(module)))
            module.eval();
        _modes = ModuleModes.Of(_model);
    }

    private static bool IsFrozen(nn.Module module)
    {
        var parameters = module.parameters().ToList();
        return parameters.Count > 0 && parameters.TrueForAll(parameter => !parameter.requires_grad);
    }
}
