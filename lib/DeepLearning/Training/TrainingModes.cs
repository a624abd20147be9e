using TorchSharp.Extras.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Keeps submodules that the user has put into evaluation mode in that mode while the model is trained.</summary>
internal sealed class TrainingModes
{
    private readonly nn.Module _model;
    private readonly List<nn.Module> _frozen;
    private ModuleModes _modes;

    /// <summary>
    /// Puts a model into training mode. A model that is in training mode keeps the modes of its submodules: the caller has set them. A model that is in
    /// evaluation mode, as after a prediction, is put into training mode, except for submodules whose parameters are all frozen.
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
    /// Undoes what callbacks may have changed between epochs: a whole model that was left in evaluation mode gets its modes back, and submodules with
    /// frozen parameters go back into evaluation mode after <c>train()</c> of the whole model. Other changes are the callbacks' intention.
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
