using NotebookHost.Kernels;
using NotebookHost.Language;

namespace NotebookHost.Tests.Language;

[Collection(OneAtATime.Name)]
public sealed class HoverTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("var total = 1.5; to|tal", "double total")]
    [InlineData("v|ar total = 1.5;", "struct System.Double")]
    [InlineData("int Twice(int x) => x + x; Tw|ice(2)", "int Twice(int x)")]
    [InlineData("int Twice(int x, int times = 2) => x * times; Twice(|", "int Twice(int x, int times = 2)")]
    [InlineData("new DateTime(|", "DateTime.DateTime(int year, int month, int day)")]
    [InlineData("Math.Max(1, 2|)", "int Math.Max(int val1, int val2)")]
    [InlineData("new[] { 1 }.Sele|ct(x => x)", "Select<")]
    [InlineData("System.Te|xt.Encoding.UTF8", "namespace System.Text")]
    [InlineData("Dict|ionary<string, int> d;", "class System.Collections.Generic.Dictionary<TKey, TValue>")]
    [InlineData("\"a\".Length|", "int string.Length")]
    public void A_name_is_shown_as_it_is_declared(string code, string expected)
        => Assert.Contains(expected, Describe(code)!.ToText(), StringComparison.Ordinal);

    [Fact]
    public async Task What_an_earlier_cell_declared_is_shown_with_its_comments()
    {
        await _session.RunAsync("/// <summary>Adds <paramref name=\"a\"/> to itself.</summary>\nint Twice(int a) => a + a;", new RecordingSink());

        Assert.Equal("int Twice(int a)\n\nAdds a to itself.", Describe("Twi|ce(1)")!.ToText());
    }

    [Fact]
    public async Task A_function_without_comments_has_those_of_the_type_that_it_is_named_after()
    {
        await _session.RunAsync("static class shop { public static Hat Hat() => new(); }\n/// <summary>Keeps one warm.</summary>\nclass Hat;", new RecordingSink());

        Assert.EndsWith("Keeps one warm.", Describe("shop.Ha|t()")!.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_framework_s_comments_are_found()
    {
        var text = Describe("string.IsNullOrEm|pty(\"\")")!.ToText();

        Assert.StartsWith("bool string.IsNullOrEmpty(string? value)\n\nIndicates whether the specified string is null or an empty string", text, StringComparison.Ordinal);
        Assert.Contains("value: The string to test.", text, StringComparison.Ordinal);
        Assert.Contains("Returns: true if", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_comments_beside_a_library_are_found()
    {
        using var folder = new TemporaryFolder();
        var library = SampleAssemblies.Compile(folder.Path, "Documented", "public static class Documented { public static int Answer() => 42; }");
        File.WriteAllText(
            Path.ChangeExtension(library, ".xml"),
            "<doc><members><member name=\"M:Documented.Answer\"><summary>Returns the answer.</summary></member></members></doc>");
        await _session.RunAsync($"#r \"{library}\"", new RecordingSink());

        Assert.Contains("Returns the answer.", Describe("Documented.Ans|wer()")!.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_is_not_imported_is_shown_with_the_using_that_it_needs()
        => Assert.Equal("using System.IO;\n\nFile is not imported.", Describe("Fi|le.ReadAllText(\"x\")")!.ToText());

    [Theory]
    [InlineData("// com|ment")]
    [InlineData("1 +| 2")]
    [InlineData("unknown|")]
    [InlineData("|")]
    public void Nothing_is_said_of_nothing(string code) => Assert.Null(Describe(code));

    private Hover? Describe(string code)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        return CellHover.Describe(code.Remove(position, 1), position, _session.Draft);
    }
}
