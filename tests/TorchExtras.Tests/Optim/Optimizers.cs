using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Optim;

/// <summary>TorchSharp's optimizers with non-default options, so that tests detect lost options.</summary>
internal static class Optimizers
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, OptimizerHelper>> _all = new()
    {
        ["SGD"] = parameters => optim.SGD(parameters, 0.02, momentum: 0.9, dampening: 0.1, weight_decay: 0.1),
        ["Adam"] = parameters => optim.Adam(parameters, 0.02, 0.8, 0.9, weight_decay: 0.1, amsgrad: true),
        ["AdamW"] = parameters => optim.AdamW(parameters, 0.02, 0.8, 0.9, weight_decay: 0.1),
        ["RMSprop"] = parameters => optim.RMSProp(parameters, 0.02, alpha: 0.9, weight_decay: 0.1, momentum: 0.8, centered: true),
        ["Adagrad"] = parameters => optim.Adagrad(parameters, 0.02, lr_decay: 0.1, weight_decay: 0.1, initial_accumulator_value: 0.3),
        ["Adadelta"] = parameters => optim.Adadelta(parameters, 0.5, rho: 0.8, weight_decay: 0.1),
        ["Adamax"] = parameters => optim.Adamax(parameters, 0.02, 0.8, 0.9, weight_decay: 0.1),
        ["NAdam"] = parameters => optim.NAdam(parameters, 0.02, 0.8, 0.9, weight_decay: 0.1, momentum_decay: 0.01),
        ["RAdam"] = parameters => optim.RAdam(parameters, 0.02, 0.8, 0.9, weight_decay: 0.1),
        ["ASGD"] = parameters => optim.ASGD(parameters, 0.02, lambd: 0.01, alpha: 0.7, t0: 1, weight_decay: 0.1),
        ["Rprop"] = parameters => optim.Rprop(parameters, 0.02, etaminus: 0.4, etaplus: 1.3, min_step: 1e-4, max_step: 10),
    };

    /// <summary>Gets PyTorch's names of the optimizers.</summary>
    public static IEnumerable<string> Names => _all.Keys;

    public static OptimizerHelper Create(string name, params Parameter[] parameters) => _all[name](parameters);
}
