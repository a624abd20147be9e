using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>Creates rows from calls. Parameters and outputs count once.</summary>
internal sealed class SummaryRows
{
    private readonly List<SummaryRow> _rows = [];
    private readonly HashSet<nn.Module> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Parameter> _counted = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<SummaryRow> Rows => _rows;

    /// <summary>Gets the number of bytes of the innermost layers' outputs.</summary>
    public long OutputBytes { get; private set; }

    public void Add(Call call, string caller)
    {
        var isLeaf = call.Calls.Count == 0;
        // a module that uses its submodules without calling them has no nested rows, so its row has all parameters
        var row = Row(call.Name, caller, call.Module, call.Depth, isLeaf, call.Module.parameters(recurse: isLeaf));
        _rows.Add(row with { OutputShapes = call.Outputs, Macs = call.Macs });
        OutputBytes += isLeaf ? call.OutputBytes : 0;
        call.Calls.ForEach(inner => Add(inner, call.Name));
        if (!isLeaf)
            AddUncalled(call.Name, call.Module, call.Name, call.Depth + 1);
    }

    /// <summary>Adds submodules that were not called, if other submodules of the module were called.</summary>
    private void AddUncalled(string name, nn.Module module, string caller, int depth)
    {
        foreach (var (childName, child) in module.named_children().Where(entry => !_seen.Contains(entry.module)))
        {
            var fullName = name.Length == 0 ? childName : $"{name}.{childName}";
            // a list of modules is never called, but its elements may be
            if (child.modules().Any(_seen.Contains))
                AddUncalled(fullName, child, caller, depth);
            else
                _rows.Add(Row(fullName, caller, child, depth, isLeaf: true, child.parameters()));
        }
    }

    private SummaryRow Row(string name, string caller, nn.Module module, int depth, bool isLeaf, IEnumerable<Parameter> parameters)
    {
        _seen.Add(module);
        List<Parameter> all = [.. parameters];
        List<Parameter> own = [.. all.Where(_counted.Add)];
        var inCaller = caller.Length > 0 && name.StartsWith(caller + ".", StringComparison.Ordinal) ? name[(caller.Length + 1)..] : name;
        return new SummaryRow(
            name, inCaller, module.GetType().Name, depth, OutputShapes: [], own.Sum(parameter => parameter.numel()),
            own.Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel()), Macs: 0, isLeaf, IsShared: own.Count < all.Count);
    }
}
