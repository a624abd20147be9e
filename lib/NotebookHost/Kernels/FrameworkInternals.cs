using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookHost.Kernels;

/// <summary>
/// The private members of Microsoft.DotNet.Interactive that this host uses. The framework is no longer developed, its version is fixed, and a test
/// checks each member.
/// </summary>
internal static class FrameworkInternals
{
    private static readonly FieldInfo _displayedValueHandlers = typeof(Formatter).GetField("OnFormatterEvent", BindingFlags.NonPublic | BindingFlags.Static)
        ?? throw new MissingFieldException(typeof(Formatter).FullName, "OnFormatterEvent");

    private static readonly FieldInfo _syntaxNode = typeof(SubmitCode).GetField("<SyntaxNode>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)
        ?? throw new MissingFieldException(typeof(SubmitCode).FullName, "SyntaxNode");

    private static readonly CodePart _part = new();

    /// <summary>Requests cancellation of a command without ending it; <see cref="Kernel.SendAsync"/> can only do both.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "TryCancel")]
    public static extern void RequestCancellation(KernelInvocationContext context);

    /// <summary>Gets the field of a value's MIME type.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<MimeType>k__BackingField")]
    public static extern ref string MimeTypeOf(FormattedValue value);

    /// <summary>Replaces the handlers of <c>display</c> and similar methods with one handler.</summary>
    public static void HandleDisplayedValues(Action<DisplayedValue> handler) => _displayedValueHandlers.SetValue(null, handler);

    /// <summary>
    /// Prevents the framework from splitting code into parts. It would also split strings with lines that look like directives, and it rejects <c>#r</c> lines
    /// for which the compiler has better messages.
    /// </summary>
    public static async Task MarkAsSplitAsync(SubmitCode command, Kernel kernel)
        => _syntaxNode.SetValue(command, await _part.GetOrCreateAsync(kernel).ConfigureAwait(false));

    /// <summary>A part of code from the framework; its content is not relevant.</summary>
    private sealed class CodePart
    {
        private object? _node;

        public async Task<object?> GetOrCreateAsync(Kernel kernel)
        {
            if (_node is null)
            {
                var parts = await kernel.SubmissionParser.SplitSubmission(new SubmitCode("0\n#!html\n0")).ConfigureAwait(false);
                _node = _syntaxNode.GetValue(parts.OfType<SubmitCode>().First());
            }
            return _node;
        }
    }
}
