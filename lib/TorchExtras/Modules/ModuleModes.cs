using static TorchSharp.torch;

namespace TorchSharp.Extras.Modules;

/// <summary>
/// Saves and restores the training mode of a module and each of its submodules. Calling <c>eval()</c> and then <c>train()</c> of the whole module
/// would set a submodule to training mode that was kept in evaluation mode, such as a frozen batch norm.
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

    /// <summary>Saves the modes of a module and its submodules.</summary>
    /// <param name="module">The module, whose modes are not changed.</param>
    public static ModuleModes Of(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return new(module);
    }

    /// <summary>Sets a module to evaluation mode until the result is disposed of.</summary>
    /// <param name="module">The module.</param>
    public static ModuleModes Evaluation(nn.Module module)
    {
        var modes = Of(module);
        module.eval();
        return modes;
    }

    /// <summary>Restores the saved modes.</summary>
    public void Restore()
    {
        // train() also sets submodules, so submodules are restored after their parents
        foreach (var (module, training) in _modes)
        {
            if (module.training != training)
                module.train(training);
        }
    }

    /// <summary>Restores the saved modes.</summary>
    public void Dispose() => Restore();
}
