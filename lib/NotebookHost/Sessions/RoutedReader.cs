using Microsoft.DotNet.Interactive;

namespace NotebookHost.Sessions;

/// <summary>Console.In of cells: requests one line at a time from the user.</summary>
/// <remarks>If input is not available, reading throws an exception like <c>Kernel.GetInputAsync</c>, because the end of the input could be mistaken for an answer.</remarks>
internal sealed class RoutedReader : TextReader
{
    private string _rest = "";

    public override string ReadLine()
    {
        if (_rest.Length == 0)
            return Ask();
        var line = _rest.TrimEnd('\n');
        _rest = "";
        return line;
    }

    public override int Peek() => Fill() ? _rest[0] : -1;

    public override int Read()
    {
        if (!Fill())
            return -1;
        var next = _rest[0];
        _rest = _rest[1..];
        return next;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty || !Fill())
            return 0;
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest.AsSpan(0, count).CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    private bool Fill()
    {
        if (_rest.Length == 0)
            _rest = Ask() + "\n";
        return true;
    }

    private static string Ask()
    {
        var cancellation = KernelInvocationContext.Current?.CancellationToken ?? default;
        return CellInput.AskAsync(CellRoute.Current, "", isPassword: false, cancellation).GetAwaiter().GetResult();
    }
}
