using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>The checked and copied new options and states of a parameter group, before the optimizer changes.</summary>
internal sealed class StagedGroup
{
    private readonly OptimizerOptions _own;
    private readonly OptimizerOptions _options;
    private readonly Dictionary<object, object?> _group;
    private readonly List<(OptimizerState Own, OptimizerState Next)> _states = [];

    /// <exception cref="InvalidDataException">An option has the wrong type.</exception>
    public StagedGroup(OptimizerOptions own, Dictionary<object, object?> group)
    {
        _own = own;
        _options = OptimizerFields.Read(own, group);
        _group = OptimizerFields.OptionsOf(_options).ToDictionary(entry => (object)entry.Key, entry => entry.Value);
    }

    /// <summary>Checks and copies the state of a parameter; null is the state before the first step.</summary>
    /// <exception cref="InvalidOperationException">The state belongs to another kind of optimizer or to another parameter.</exception>
    public void Add(OptimizerState own, Parameter parameter, Dictionary<object, object?>? entries, string place)
    {
        var next = OptimizerFields.NewState(own, parameter, _options);
        _states.Add((own, next));
        if (entries is null or { Count: 0 })
            return;
        var fields = OptimizerFields.Of(next.GetType()).ToDictionary(field => field.Name);
        var optimizer = own.GetType().DeclaringType?.Name ?? own.GetType().Name;
        foreach (var (key, value) in entries)
        {
            if (key is not string name || (!fields.ContainsKey(name) && name != OptimizerFields.StepName && value is not null))
                throw new InvalidOperationException($"The state does not fit: {place} has {key}, which {optimizer} does not have.");
        }
        foreach (var (name, field) in fields)
        {
            var initial = field.GetValue(next);
            var value = entries.GetValueOrDefault(name);
            if (value is not null)
                field.SetValue(next, Converted(value, field.FieldType, parameter, $"{name} of {place}"));
            else if (initial is not null && OptimizerFields.IsUsed(name, _group))
                throw new InvalidOperationException($"The state does not fit: {place} lacks {name}, which {optimizer} needs.");
            else
                continue;
            (initial as Tensor)?.Dispose();
        }
    }

    /// <summary>Moves the new options and states into the optimizer.</summary>
    public void Apply()
    {
        OptimizerFields.Move(_options, _own);
        foreach (var (own, next) in _states)
            OptimizerFields.Move(next, own);
    }

    public void Discard()
    {
        foreach (var (_, next) in _states)
            OptimizerFields.DisposeTensors(next);
    }

    private static object Converted(object value, Type type, Parameter parameter, string what)
    {
        if (type != typeof(Tensor))
            return OptimizerFields.Converted(value, type) ?? throw new InvalidOperationException($"The state does not fit: {what} is not a number.");
        if (value is not Tensor tensor)
            throw new InvalidOperationException($"The state does not fit: {what} is not a tensor.");
        if (!tensor.shape.AsSpan().SequenceEqual(parameter.shape))
        {
            throw new InvalidOperationException(
                $"The state does not fit: {what} has the shape {TensorBytes.Text(tensor.shape)}, but the parameter has "
                + $"{TensorBytes.Text(parameter.shape)}.");
        }
        return tensor.to(parameter.dtype, parameter.device, copy: true).DetachFromDisposeScope();
    }
}
