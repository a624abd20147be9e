using static TorchSharp.torch;

namespace TorchSharp.Extras.Modules;

/// <summary>
/// Remembers whether a module and each of its submodules is in training mode, and restores it: calling <c>eval()</c> and then <c>train()</c> on
/// the whole module would put a submodule into training that was kept in evaluation mode, such as a frozen batch norm.
/// </summary>
/// <example>
/// <code>
/// using (ModuleModes.Evaluation(model))
///     Console.WriteLine(model.call(x));
/// </code>
/// </example>
public sealed class ModuleModes : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] _modes;

    private ModuleModes(nn.Module module) =>
        _modes = [.. module.modules().Prepend(module).Select(part => (part, part.training))];

    /// <summary>Remembers the modes of a module and its submodules.</summary>
    /// <param name="module">The module; its modes stay as they are.</param>
    public static ModuleModes Of(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return new(module);
    }

    /// <summary>Puts a module into evaluation mode until the result is disposed.</summary>
    /// <param name="module">The module.</param>
    public static ModuleModes Evaluation(nn.Module module)
    {
        var modes = Of(module);
        module.eval();
        return modes;
    }

    /// <summary>Restores the modes that were remembered.</summary>
    public void Restore()
    {
        // train() sets the submodules too, so they come after their parents
        foreach (var (module, training) in _modes)
        {
            if (module.training != training)
                module.train(training);
        }
    }

    /// <summary>Restores the modes that were remembered.</summary>
    public void Dispose() => Restore();
}
