using System.Text;

namespace NotebookHost.Sessions;

/// <summary>A console writer that passes on each write immediately.</summary>
internal sealed class RoutedWriter(ConsoleChannel stream) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Hand(value.ToString());

    public override void Write(string? value) => Hand(value);

    public override void Write(char[] buffer, int index, int count) => Hand(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Hand(new string(buffer));

    public override void Write(StringBuilder? value) => Hand(value?.ToString());

    // TextWriter would write the value and the line break in two calls, between which another thread can write
    public override void WriteLine(object? value) => Hand(value + "\n");

    public override void WriteLine(bool value) => Hand(value + "\n");

    public override void WriteLine(char value) => Hand(value + "\n");

    public override void WriteLine(int value) => Hand(value + "\n");

    public override void WriteLine(uint value) => Hand(value + "\n");

    public override void WriteLine(long value) => Hand(value + "\n");

    public override void WriteLine(ulong value) => Hand(value + "\n");

    public override void WriteLine(float value) => Hand(value + "\n");

    public override void WriteLine(double value) => Hand(value + "\n");

    public override void WriteLine(decimal value) => Hand(value + "\n");

    public override void WriteLine() => Hand("\n");

    public override void WriteLine(string? value) => Hand(value + "\n");

    public override void WriteLine(ReadOnlySpan<char> buffer) => Hand(string.Concat(buffer, "\n"));

    private void Hand(string? text)
    {
        if (!string.IsNullOrEmpty(text))
            CellRoute.Current?.Stream(stream, text);
    }
}
