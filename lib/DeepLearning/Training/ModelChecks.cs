using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Checks that a model has trainable parameters.</summary>
internal static class ModelChecks
{
    private const string Advice = "Call RegisterComponents() at the end of the module's constructor, after its fields are set.";

    /// <exception cref="ArgumentException">The model has no parameters that require gradients, or a module with fields has not registered them.</exception>
    public static void Require(nn.Module model)
    {
        foreach (var (name, module) in model.named_modules().Prepend(("", model)))
        {
            if (UnregisteredField(module) is { } field)
            {
                throw new ArgumentException(
                    $"The optimizer got no parameters of {Named(module, name)}: its field '{field.Name}' is not registered and would not be "
                    + $"trained. {Advice}",
                    nameof(model));
            }
        }
        var parameters = model.parameters().ToList();
        if (parameters.Count == 0)
            throw new ArgumentException($"The optimizer got no parameters: {Named(model, "")} has none. {Advice}", nameof(model));
        if (!parameters.Exists(parameter => parameter.requires_grad))
        {
            throw new ArgumentException(
                $"The optimizer got no parameters that require gradients: all {parameters.Count} of {Named(model, "")} are frozen. Set requires_grad of those to be trained.",
                nameof(model));
        }
    }

    /// <exception cref="ArgumentException">The optimizer has no parameters.</exception>
    public static void RequireParameters(optim.Optimizer optimizer, nn.Module model)
    {
        if (!optimizer.parameters().Any())
            throw new ArgumentException($"The optimizer got no parameters of {Named(model, "")}: TrainerOptions.Optimizer creates a {optimizer.GetType().Name} without any.");
    }

    /// <exception cref="ArgumentException">A scheduler that needs a score is configured to step after each batch.</exception>
    public static void RequireScore(optim.lr_scheduler.LRScheduler? scheduler, SchedulerInterval interval)
    {
        if (interval == SchedulerInterval.Step && scheduler?.GetType().Name.StartsWith("ReduceLROnPlateau", StringComparison.Ordinal) == true)
            throw new ArgumentException("ReduceLROnPlateau steps with the score of an epoch: omit TrainerOptions.SchedulerInterval, or set it to "
                + "SchedulerInterval.Epoch.");
    }

    /// <summary>Returns a field with parameters if the module has registered nothing.</summary>
    private static FieldInfo? UnregisteredField(nn.Module module)
    {
        if (module.GetType().Assembly == typeof(nn.Module).Assembly || module.children().Any() || module.named_parameters().Any() || module.named_buffers().Any())
            return null;
        for (var type = module.GetType(); type is not null && type.Assembly != typeof(nn.Module).Assembly; type = type.BaseType)
        {
            var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            var field = Array.Find(fields, candidate => candidate.GetValue(module) is Parameter || (candidate.GetValue(module) is nn.Module part && part.parameters().Any()));
            if (field is not null)
                return field;
        }
        return null;
    }

    private static string Named(nn.Module module, string name) => name.Length == 0 ? module.GetType().Name : $"{module.GetType().Name} '{name}'";
}
