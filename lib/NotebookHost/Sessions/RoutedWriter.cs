using System.Text;

namespace NotebookHost.Sessions;

/// <summary>A console writer that hands each write on as it comes.</summary>
internal sealed class RoutedWriter(ConsoleChannel stream) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Hand(value.ToString());

    public override void Write(string? value) => Hand(value);

    public override void Write(char[] buffer, int index, int count) => Hand(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Hand(new string(buffer));

    public override void Write(StringBuilder? value) => Hand(value?.ToString());

    public override void WriteLine() => Hand("\n");

    // in one piece, so that the lines of several threads do not mix
    public override void WriteLine(string? value) => Hand(value + "\n");

    public override void WriteLine(ReadOnlySpan<char> buffer) => Hand(string.Concat(buffer, "\n"));

    private void Hand(string? text)
    {
        if (!string.IsNullOrEmpty(text))
            CellRoute.Current?.Stream(stream, text);
    }
}
