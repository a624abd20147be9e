using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookHost.Display.Values;

/// <summary>
/// The private members of Microsoft.DotNet.Interactive.Formatting that this host uses. The framework is no longer developed, its version is fixed, and
/// a test checks each member.
/// </summary>
internal static class FormattingInternals
{
    private static readonly ConcurrentStack<ITypeFormatter> _defaults =
        (ConcurrentStack<ITypeFormatter>)typeof(Formatter).GetField("_defaultTypeFormatters", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;

    /// <summary>Adds a default formatter.</summary>
    public static void AddDefault(ITypeFormatter formatter) => _defaults.Push(formatter);

    /// <summary>Clears the cache of selected formatters.</summary>
    public static void ClearChoices()
        => typeof(Formatter).GetMethod("ClearComputedState", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, null);

    /// <summary>Calls an action after each reset of the formatters.</summary>
    public static void OnReset(Action action)
        => typeof(Formatter).GetEvent("Clearing", BindingFlags.NonPublic | BindingFlags.Static)!.GetAddMethod(nonPublic: true)!.Invoke(null, [action]);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Depth")]
    public static extern void SetDepth(FormatContext context, int depth);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_IsStartingObjectWithinSequence")]
    public static extern bool IsStartingObject(FormatContext context);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_IsStartingObjectWithinSequence")]
    public static extern void SetStartingObject(FormatContext context, bool value);
}
