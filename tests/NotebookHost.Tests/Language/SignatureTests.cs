using NotebookHost.Kernels;
using NotebookHost.Language;

namespace NotebookHost.Tests.Language;

[Collection(OneAtATime.Name)]
public sealed class SignatureTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Math.Max(1, |", "int Math.Max(int val1, int val2)", 1)]
    [InlineData("string.Join(|", "string string.Join(", 0)]
    [InlineData("new DateTime(2024, 2, |)", "DateTime.DateTime(int year, int month, int day)", 2)]
    [InlineData("Math.Abs(Math.Min(1, |", "int Math.Min(int val1, int val2)", 1)]
    [InlineData("Math.Clamp(number, 1, |", "int Math.Clamp(int value, int min, int max)", 2)]
    [InlineData("Math.Clamp(number, 1,|", "int Math.Clamp(int value, int min, int max)", 2)]
    [InlineData("Math.Clamp(number,   |", "int Math.Clamp(int value, int min, int max)", 1)]
    [InlineData("Math.Clamp( |", "int Math.Clamp(int value, int min, int max)", 0)]
    [InlineData("var x = Math.Clamp(unknown, 1, |\nvar y = 2;", "int Math.Clamp(int value, int min, int max)", 2)]
    [InlineData("Math.Clamp(number, 1, |\nConsole.WriteLine(1);", "int Math.Clamp(int value, int min, int max)", 2)]
    [InlineData("Math.Clamp(1,\n    |", "int Math.Clamp(int value, int min, int max)", 1)]
    [InlineData("new DateTime(2024, |", "DateTime.DateTime(int year, int month, int day)", 1)]
    [InlineData("if (true)\n{\n    Math.Clamp(number, 1, |\n}", "int Math.Clamp(int value, int min, int max)", 2)]
    [InlineData("string.Join(\", \", |", "string string.Join(", 1)]
    [InlineData("Math.Clamp(number |", "int Math.Clamp(int value, int min, int max)", 0)]
    [InlineData("Math.Clamp(number, 1 |", "int Math.Clamp(int value, int min, int max)", 1)]
    [InlineData("var x = Math.Clamp(number, Math.Min(1, 2) |", "int Math.Clamp(int value, int min, int max)", 1)]
    [InlineData("new DateTime(2024 |", "DateTime.DateTime(int year, int month, int day)", 0)]
    public async Task The_overloads_of_a_call_are_shown_with_the_parameter_at_the_position(string code, string label, int parameter)
    {
        await _session.RunAsync("var number = 5;", new RecordingSink());

        var help = Describe(code)!;

        Assert.Contains(help.Signatures, signature => signature.Label.StartsWith(label, StringComparison.Ordinal));
        Assert.True(help.Signatures.Count > 1);
        Assert.Equal(parameter, help.Parameter);
    }

    [Fact]
    public async Task A_function_of_an_earlier_cell_is_shown_with_its_comments()
    {
        await _session.RunAsync("/// <summary>Adds.</summary>\n/// <param name=\"a\">The first.</param>\nint Add(int a, int b = 2) => a + b;", new RecordingSink());

        var signature = Assert.Single(Describe("Add(1, |)")!.Signatures);
        Assert.Equal("int Add(int a, int b = 2)", signature.Label);
        Assert.StartsWith("Adds.", signature.Documentation, StringComparison.Ordinal);
        Assert.Equal([("int a", "The first."), ("int b = 2", "")], signature.Parameters);
    }

    [Theory]
    [InlineData("var x = 1;|")]
    [InlineData("Math.Max(1, 2);\nvar y = |")]
    public void Outside_of_calls_there_is_none(string code) => Assert.Null(Describe(code));

    private SignatureHelp? Describe(string code)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        return CellSignatures.Describe(code.Remove(position, 1), position, _session.Draft);
    }
}
