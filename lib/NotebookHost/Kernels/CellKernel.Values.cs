using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.ValueSharing;
using NotebookHost.Display.Values;

namespace NotebookHost.Kernels;

/// <summary>The variables of cells, which other kernels of the framework can read and declare.</summary>
internal sealed partial class CellKernel : IKernelCommandHandler<RequestValue>, IKernelCommandHandler<RequestValueInfos>, IKernelCommandHandler<SendValue>
{
    private int _received;

    Task IKernelCommandHandler<RequestValueInfos>.HandleAsync(RequestValueInfos command, KernelInvocationContext context)
    {
        var infos = Variables()
            .Select(variable => new KernelValueInfo(variable.Name, new FormattedValue("text/plain", ShortText.Of(variable.Value)), variable.Type))
            .ToArray();
        context.Publish(new ValueInfosProduced(infos, command));
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestValue>.HandleAsync(RequestValue command, KernelInvocationContext context)
    {
        if (Variables().FirstOrDefault(variable => variable.Name == command.Name) is { } found)
            context.Publish(new ValueProduced(found.Value, command.Name, Format(found.Value, command.MimeType), command));
        else
            context.Fail(command, message: $"There is no variable '{command.Name}' in {Name}");
        return Task.CompletedTask;
    }

    async Task IKernelCommandHandler<SendValue>.HandleAsync(SendValue command, KernelInvocationContext context)
        => await SetValueAsync(command, context, (name, value, type) => DeclareAsync(name, value, type, command, context)).ConfigureAwait(false);

    /// <summary>Returns the variables that cells have declared, the latest of each name, ordered by name.</summary>
    public IEnumerable<Variable> Variables()
    {
        var variables = new SortedDictionary<string, Variable>(StringComparer.Ordinal);
        foreach (var instance in _engine.Submissions.Instances)
        {
            var fields = instance.GetType().GetFields(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);
            foreach (var field in fields.Where(field => !field.Name.StartsWith('<') && SyntaxFacts.IsValidIdentifier(field.Name)))
                variables[field.Name] = new Variable(field.Name, field.FieldType, field.GetValue(instance));
        }
        return variables.Values;
    }

    // values that cannot be written as JSON, such as cyclic objects, are shared by reference
    private static FormattedValue Format(object? value, string mimeType)
    {
        try
        {
            return FormattedValue.CreateSingleFromObject(value, mimeType);
        }
#pragma warning disable CA1031 // a formatter is code of the notebook
        catch (Exception error)
#pragma warning restore CA1031
        {
            return new FormattedValue("text/plain", $"{ShortText.Of(value)} ({error.Message})");
        }
    }

    private async Task DeclareAsync(string name, object? value, Type? declaredType, SendValue command, KernelInvocationContext context)
    {
        if (!SyntaxFacts.IsValidIdentifier(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
        {
            context.Fail(command, message: $"'{name}' cannot be the name of a variable");
            return;
        }
        // both the host and the cells can access the data of the AppDomain
        var key = $"{Name}-{Environment.ProcessId}-{GetHashCode()}-{++_received}";
        AppDomain.CurrentDomain.SetData(key, value);
        try
        {
            var type = TypeNames.InCode(declaredType ?? value?.GetType() ?? typeof(object));
            var code = $"{type} {name} = ({type})global::System.AppDomain.CurrentDomain.GetData(\"{key}\");";
            var outcome = await _engine.RunAsync(code, $"#!set {name}", isFile: false, _ => { }, context.CancellationToken).ConfigureAwait(false);
            if (outcome.Error is { } error)
                context.Fail(command, outcome.Exception, error.Message);
        }
        finally
        {
            AppDomain.CurrentDomain.SetData(key, null);
        }
    }

    /// <summary>A variable of a cell.</summary>
    internal sealed record Variable(string Name, Type Type, object? Value);
}
