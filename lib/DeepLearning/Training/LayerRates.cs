using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Creates optimizers with a separate learning rate for each part of a model, for <see cref="TrainerOptions.Optimizer"/>:
/// <c>Optimizer = LayerRates.AdamW([(model.Body, 1e-5), (model.Head, 1e-3)])</c>.
/// </summary>
/// <remarks>
/// Each part is a parameter group, in the order of the list; schedulers scale the rates of all groups. A parameter that is in no part throws an
/// exception, so that it does not stay untrained by mistake; frozen parameters may be omitted.
/// </remarks>
public static class LayerRates
{
    /// <summary>Returns a function that creates an SGD optimizer.</summary>
    /// <param name="parts">The parts and their learning rates.</param>
    /// <param name="momentum">The momentum of all parts.</param>
    /// <param name="weightDecay">The weight decay of all parts.</param>
    public static Func<IEnumerable<Parameter>, optim.Optimizer> SGD(
        IReadOnlyList<(nn.Module Part, double LearningRate)> parts, double momentum = 0, double weightDecay = 0) => parameters => optim.SGD(
            Groups(parts, parameters, (group, rate) => new SGD.ParamGroup { Parameters = group, Options = new SGD.Options { LearningRate = rate, InitialLearningRate = rate } }),
            First(parts), momentum, weight_decay: weightDecay);

    /// <summary>Returns a function that creates an Adam optimizer.</summary>
    /// <param name="parts">The parts and their learning rates.</param>
    /// <param name="weightDecay">The weight decay of all parts.</param>
    public static Func<IEnumerable<Parameter>, optim.Optimizer> Adam(
        IReadOnlyList<(nn.Module Part, double LearningRate)> parts, double weightDecay = 0) => parameters => optim.Adam(
            Groups(parts, parameters, (group, rate) => new Adam.ParamGroup { Parameters = group, Options = new Adam.Options { LearningRate = rate, InitialLearningRate = rate } }),
            First(parts), weight_decay: weightDecay);

    /// <summary>Returns a function that creates an AdamW optimizer.</summary>
    /// <param name="parts">The parts and their learning rates.</param>
    /// <param name="weightDecay">The weight decay of all parts.</param>
    public static Func<IEnumerable<Parameter>, optim.Optimizer> AdamW(
        IReadOnlyList<(nn.Module Part, double LearningRate)> parts, double weightDecay = 0.01) => parameters => optim.AdamW(
            Groups(parts, parameters, (group, rate) => new AdamW.ParamGroup { Parameters = group, Options = new AdamW.Options { LearningRate = rate, InitialLearningRate = rate } }),
            First(parts), weight_decay: weightDecay);

    private static double First(IReadOnlyList<(nn.Module Part, double LearningRate)> parts) => parts[0].LearningRate;

    /// <exception cref="ArgumentException">There are no parts, a parameter is in several parts, or a trainable parameter is in none.</exception>
    private static List<T> Groups<T>(
        IReadOnlyList<(nn.Module Part, double LearningRate)> parts, IEnumerable<Parameter> parameters, Func<List<Parameter>, double, T> create)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
            throw new ArgumentException("LayerRates needs at least one part of the model.", nameof(parts));
        var groups = parts.Select(part => (Parameters: part.Part.parameters().ToList(), part.LearningRate)).ToList();
        var handles = groups.SelectMany(group => group.Parameters).Select(parameter => parameter.Handle).ToList();
        if (handles.Distinct().Count() != handles.Count)
            throw new ArgumentException("A parameter is in several parts of LayerRates, but it can have only one learning rate.", nameof(parts));
        var missing = parameters.Count(parameter => parameter.requires_grad && !handles.Contains(parameter.Handle));
        if (missing > 0)
        {
            throw new ArgumentException(
                $"{missing} parameters of the model are in none of the {parts.Count} parts of LayerRates and would not be trained: add their "
                + "module, or freeze it.",
                nameof(parts));
        }
        return groups.ConvertAll(group => create(group.Parameters, group.LearningRate));
    }
}
