using TorchSharp.Extras.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Which submodules are in training mode while a model is trained: those that were frozen stay in evaluation mode.</summary>
internal static class TrainingModes
{
    /// <summary>
    /// Puts a model into training mode. A model that is in training mode keeps the modes of its submodules: the caller has set them. A model that is in
    /// evaluation mode, as after a prediction, is put into training mode, except for submodules whose parameters are all frozen.
    /// </summary>
    public static ModuleModes Start(nn.Module model)
    {
        if (!model.training)
        {
            model.train();
            foreach (var module in model.modules().Where(IsFrozen))
                module.eval();
        }
        return ModuleModes.Of(model);
    }

    /// <summary>Restores the modes if the whole model was left in evaluation mode; else returns the modes as they are now.</summary>
    public static ModuleModes Keep(nn.Module model, ModuleModes modes)
    {
        if (model.training)
            return ModuleModes.Of(model);
        modes.Restore();
        return modes;
    }

    private static bool IsFrozen(nn.Module module)
    {
        var parameters = module.parameters().ToList();
        return parameters.Count > 0 && parameters.TrueForAll(parameter => !parameter.requires_grad);
    }
}
