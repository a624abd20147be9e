using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display;

namespace Microsoft.DotNet.Interactive;

/// <summary>The cell that runs, as its own code sees it.</summary>
public sealed class KernelInvocationContext
{
    private static readonly AsyncLocal<KernelInvocationContext?> _current = new();

    private readonly List<Action<KernelInvocationContext>> _onComplete = [];

    internal KernelInvocationContext(CancellationToken cancellation)
    {
        CancellationToken = cancellation;
    }

    /// <summary>The cell that this code belongs to, also on threads that it started; null outside of cells.</summary>
    public static KernelInvocationContext? Current
    {
        get => _current.Value;
        internal set => _current.Value = value;
    }

    /// <summary>Asks the cell to stop. A cell that does not look at it is aborted a moment later.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">The representations to make; by default those that the value's type prefers.</param>
    /// <returns>The output, which can be updated.</returns>
    /// <exception cref="ArgumentException">No formatter makes one of the mime types.</exception>
#pragma warning disable CA1822 // notebooks call it on the cell
    public DisplayedValue Display(object? value, params string[] mimeTypes) => DisplayChannel.Show(value, mimeTypes);

    /// <summary>Shows text that already is what the mime type says.</summary>
    /// <returns>The output, which can be updated with other text.</returns>
    public DisplayedValue DisplayAs(string value, string mimeType) => value.DisplayAs(mimeType);
#pragma warning restore CA1822

    /// <summary>Does something when the cell has ended, however it did.</summary>
    public void OnComplete(Action<KernelInvocationContext> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        lock (_onComplete)
            _onComplete.Add(action);
    }

    internal void Complete()
    {
        Action<KernelInvocationContext>[] actions;
        lock (_onComplete)
            actions = [.. _onComplete];
        foreach (var action in actions)
            action(this);
    }
}
