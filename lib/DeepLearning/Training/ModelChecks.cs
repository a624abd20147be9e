using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Checks that a model has trainable parameters with usable values, and that the optimizer and the scheduler train them.</summary>
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
            throw new ArgumentException($"The optimizer got no parameters: {Named(model, "")} has none. {Advice} A model that was disposed of has none either.", nameof(model));
        if (!parameters.Exists(parameter => parameter.requires_grad))
        {
            throw new ArgumentException(
                $"The optimizer got no parameters that require gradients: all {parameters.Count} of {Named(model, "")} are frozen. Set requires_grad of those to be trained.",
                nameof(model));
        }
    }

    /// <summary>
    /// Checks the values of the parameters and of the floating-point buffers. Buffers and frozen parameters may be infinite, such as the mask of an attention, but not NaN.
    /// </summary>
    /// <exception cref="ArgumentException">A trained parameter is infinite or NaN, or another parameter or a buffer is NaN.</exception>
    public static void RequireFinite(nn.Module model)
    {
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (!IsUsable(parameter, parameter.requires_grad))
                throw Unusable(model, "parameter", name, parameter.requires_grad);
        }
        foreach (var (name, buffer) in model.named_buffers())
        {
            if (!IsUsable(buffer, mustBeFinite: false))
                throw Unusable(model, "buffer", name, mustBeFinite: false);
        }
    }

    /// <summary>Returns the fused optimizer for an optimizer, which is disposed of.</summary>
    /// <exception cref="ArgumentException">The optimizer was disposed of.</exception>
    public static optim.Optimizer Fused(optim.Optimizer optimizer)
    {
        try
        {
            return optim.fused.From(optimizer);
        }
        catch (InvalidOperationException error) when (optimizer is OptimizerHelper)
        {
            throw new ArgumentException(
                $"The state of the {optimizer.GetType().Name} was disposed of: each training disposes of its optimizer, so TrainerOptions.Optimizer must create a new one in each call.", error);
        }
    }

    /// <exception cref="ArgumentException">The optimizer has no parameters, those of another model, or a learning rate that is negative or not a finite number.</exception>
    /// <exception cref="NotSupportedException">The optimizer is LBFGS.</exception>
    public static void RequireParameters(optim.Optimizer optimizer, nn.Module model)
    {
        if (optimizer is LBFGS)
            throw new NotSupportedException("The trainer does not support LBFGS, which computes the loss several times in each step: use another optimizer, or a loop with optimizer.step(closure).");
        if (!optimizer.parameters().Any())
            throw new ArgumentException($"The optimizer got no parameters of {Named(model, "")}: TrainerOptions.Optimizer creates a {optimizer.GetType().Name} without any.");
        var own = model.parameters().Select(parameter => parameter.Handle).ToHashSet();
        // optimizers of other libraries may return other handles
        if (optimizer is OptimizerHelper && !optimizer.parameters().Any(parameter => own.Contains(parameter.Handle)))
        {
            throw new ArgumentException(
                $"The {optimizer.GetType().Name} has no parameters of {Named(model, "")}, only those of another model: TrainerOptions.Optimizer must create it from the parameters that it gets.");
        }
        if (optimizer.ParamGroups.Select(group => group.LearningRate).FirstOrDefault(rate => !double.IsFinite(rate) || rate < 0, 0) is var rate and not 0)
            throw new ArgumentException($"The learning rate of the {optimizer.GetType().Name} is {rate.ToString(CultureInfo.InvariantCulture)}; it must be a finite number of at least 0.");
    }

    /// <exception cref="ArgumentException">A scheduler that needs a score is configured to step after each batch.</exception>
    public static void RequireScore(optim.lr_scheduler.LRScheduler? scheduler, SchedulerInterval interval)
    {
        if (interval == SchedulerInterval.Step && scheduler?.GetType().Name.StartsWith("ReduceLROnPlateau", StringComparison.Ordinal) == true)
            throw new ArgumentException("ReduceLROnPlateau steps with the score of an epoch: omit TrainerOptions.SchedulerInterval, or set it to "
                + "SchedulerInterval.Epoch.");
    }

    /// <exception cref="ArgumentException">The scheduler changes the learning rates of another optimizer.</exception>
    public static void RequireOptimizer(optim.lr_scheduler.LRScheduler? scheduler, optim.Optimizer optimizer)
    {
        if (scheduler is null || OptimizerOf(scheduler) is not { } scheduled)
            return;
        if (!scheduled.ParamGroups.Intersect(optimizer.ParamGroups, ReferenceEqualityComparer.Instance).Any())
        {
            throw new ArgumentException(
                $"The {scheduler.GetType().Name} changes the learning rates of another optimizer: TrainerOptions.Scheduler must create it for the optimizer that it gets.");
        }
    }

    private static bool IsUsable(Tensor tensor, bool mustBeFinite)
    {
        if (tensor.is_meta || tensor.is_sparse || !(tensor.is_floating_point() || tensor.is_complex()))
            return true;
        using var scope = NewDisposeScope();
        return mustBeFinite ? tensor.isfinite().all().item<bool>() : !tensor.isnan().any().item<bool>();
    }

    private static ArgumentException Unusable(nn.Module model, string kind, string name, bool mustBeFinite)
    {
        var path = name[..Math.Max(0, name.LastIndexOf('.'))];
        var owner = model.named_modules().Where(entry => entry.name == path).Select(entry => entry.module).FirstOrDefault(model);
        var advice = owner is GroupNorm
            ? "TorchSharp does not initialize the weight and bias of GroupNorm: call reset_parameters() where the layer is created."
            : "Initialize it, for example with torch.nn.init, or load the weights of a training that did not diverge.";
        return new ArgumentException(
            $"The {kind} '{name}' of {Named(owner, path)} has {(mustBeFinite ? "infinite or NaN values" : "NaN values")} before the first step. {advice}", nameof(model));
    }

    private static optim.Optimizer? OptimizerOf(optim.lr_scheduler.LRScheduler scheduler)
    {
        try
        {
            return Optimizer(scheduler);
        }
        catch (MissingFieldException)
        {
            return null; // another version of TorchSharp
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_optimizer")]
    private static extern ref optim.Optimizer Optimizer(optim.lr_scheduler.LRScheduler scheduler);

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
