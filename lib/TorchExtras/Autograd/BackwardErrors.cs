using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace TorchSharp.Extras.Autograd;

/// <summary>Passes a C# exception from the backward function of a custom autograd function to the caller of <c>backward()</c>.</summary>
/// <remarks>
/// <para>
/// libtorch calls such a backward function from C++, and a C# exception that leaves it ends the process. The function therefore catches the exception
/// and returns a gradient that libtorch rejects; the caller of <c>backward()</c> gets an <see cref="ExternalException"/>. When this exception is
/// thrown, it gets the message and, as its inner exception, the C# exception.
/// </para>
/// <para>
/// The rejected gradient has a unique size for each exception, and libtorch's message contains the size. The anchor is the input of this gradient: an
/// empty tensor, to which no other size can be reduced.
/// </para>
/// </remarks>
internal static partial class BackwardErrors
{
    private const long FirstSize = 1_000_000_000_000;

    private static readonly ConcurrentDictionary<long, Exception> _pending = new();
    private static readonly Lock _listening = new();
    private static long _lastSize = FirstSize;

    /// <summary>Returns a new anchor: an input of the function, whose gradient is null unless the backward function fails.</summary>
    public static torch.Tensor NewAnchor() => torch.empty(0, requires_grad: true);

    /// <summary>Returns a gradient of the anchor that makes libtorch stop the backward pass with an exception.</summary>
    /// <param name="error">The exception that the backward function caught.</param>
    public static torch.Tensor Refused(Exception error)
    {
        var size = Interlocked.Increment(ref _lastSize);
        lock (_listening)
        {
            if (_pending.IsEmpty)
                AppDomain.CurrentDomain.FirstChanceException += Attach;
            _pending[size] = error;
        }
        using var zero = torch.zeros(1);
        return zero.expand(size);
    }

    private static void Attach(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (thrown.Exception is not ExternalException refusal || Size().Match(refusal.Message) is not { Success: true } match)
            return;
        if (!long.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var size) || !_pending.TryRemove(size, out var error))
            return;
        lock (_listening)
        {
            if (_pending.IsEmpty)
                AppDomain.CurrentDomain.FirstChanceException -= Attach;
        }
        // an exception of a nested function already has its cause
        var cause = error is ExternalException { InnerException: { } inner } ? inner : error;
        Message(refusal) = $"backward() stopped, because a C# function that it called threw {cause.GetType().Name}: {cause.Message}";
        InnerException(refusal) = cause;
    }

    [GeneratedRegex(@"got \[(\d{13,})\]")]
    private static partial Regex Size();

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? Message(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? InnerException(Exception exception);
}
