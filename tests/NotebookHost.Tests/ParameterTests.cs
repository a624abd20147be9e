using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Tests;

/// <summary>Settings from the command line, as the code of the cell that they become.</summary>
public sealed class ParameterTests : IDisposable
{
    private const string Cell = """
        using System.IO;
        enum Mode { Fast, Slow }
        var rate = 0.01;
        float scale = 1;
        decimal price = 1m;
        var seed = (int?)null;
        byte level = 1;
        ulong big = 1;
        char mark = 'x';
        var text = "x";
        var day = DayOfWeek.Monday;
        var access = FileAccess.Read;
        var mode = Mode.Fast;
        int[] sizes = [64];
        var names = new List<string> { "a" };
        IReadOnlyList<double> rates = [0.1];
        int[][] layers = [];
        var @class = 1;
        var when = DateTime.Now;
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rate", "-1.5e-3", "double rate = -0.0015;")]
    [InlineData("rate", "3", "double rate = 3.0;")]
    [InlineData("rate", "-Infinity", "double rate = double.NegativeInfinity;")]
    [InlineData("scale", "0.1", "float scale = 0.1f;")]
    [InlineData("price", "-0.10", "decimal price = -0.10m;")]
    [InlineData("seed", "-7", "int? seed = -7;")]
    [InlineData("seed", "null", "int? seed = null;")]
    [InlineData("seed", "-2147483648", "int? seed = -2147483648;")]
    [InlineData("level", "255", "byte level = 255;")]
    [InlineData("big", "18446744073709551615", "ulong big = 18446744073709551615UL;")]
    [InlineData("mark", "'", @"char mark = '\'';")]
    [InlineData("text", "say \"hi\"; \\ {x}", """string text = "say \"hi\"; \\ {x}";""")]
    [InlineData("text", "null", "string text = \"null\";")]
    [InlineData("text", "", "string text = \"\";")]
    [InlineData("text", "two\nlines", @"string text = ""two\nlines"";")]
    [InlineData("day", "Friday", "DayOfWeek day = DayOfWeek.Friday;")]
    [InlineData("day", "friday", "DayOfWeek day = DayOfWeek.Friday;")]
    [InlineData("access", "ReadWrite", "FileAccess access = FileAccess.ReadWrite;")]
    [InlineData("mode", "Slow", "Mode mode = Mode.Slow;")]
    [InlineData("sizes", "64,-128", "int[] sizes = [64, -128];")]
    [InlineData("sizes", "[64, 128]", "int[] sizes = [64, 128];")]
    [InlineData("sizes", "[]", "int[] sizes = [];")]
    [InlineData("sizes", "", "int[] sizes = [];")]
    [InlineData("names", "adam, sgd", """List<string> names = ["adam", "sgd"];""")]
    [InlineData("names", """["a, b", "c\"d"]""", """List<string> names = ["a, b", "c\"d"];""")]
    [InlineData("names", "[adam, sgd]", """List<string> names = ["adam", "sgd"];""")]
    [InlineData("rates", "1,0.5", "IReadOnlyList<double> rates = [1.0, 0.5];")]
    [InlineData("layers", "[[1, 2], []]", "int[][] layers = [[1, 2], []];")]
    [InlineData("class", "2", "int @class = 2;")]
    public void A_setting_becomes_a_declaration(string name, string value, string code)
    {
        Assert.Equal(code, Declare(name, value));
    }

    [Theory]
    [InlineData("level", "256", "n.ipynb: '256' is not a valid byte for parameter 'level'.")]
    [InlineData("sizes", "1,x", "n.ipynb: '1,x' is not a valid int[] for parameter 'sizes'.")]
    [InlineData("sizes", "1; 2", "n.ipynb: '1; 2' is not a valid int[] for parameter 'sizes'.")]
    [InlineData("mode", "Slow; Evil()", "n.ipynb: 'Slow; Evil()' is not a valid Mode for parameter 'mode'; its values are Fast, Slow.")]
    [InlineData("rate", "1; Evil()", "n.ipynb: '1; Evil()' is not a valid double for parameter 'rate'.")]
    [InlineData("seed", "none", "n.ipynb: 'none' is not a valid int? for parameter 'seed'.")]
    [InlineData("mark", "ab", "n.ipynb: 'ab' is not a valid char for parameter 'mark'.")]
    [InlineData("when", "today", "n.ipynb: parameter 'when' has the type DateTime; -p supports numbers, bool, char, string, enums, and arrays and lists of them.")]
    [InlineData("rate = 1; Evil(); var x", "1", "n.ipynb has no parameter 'rate = 1; Evil(); var x'; its parameters cell declares rate, scale, price, seed, level, big, mark, text, day, access, mode, sizes, names, rates, layers, class, when.")]
    public void What_does_not_fit_is_refused(string name, string value, string message)
    {
        Assert.Equal(message, Assert.Throws<RunUsageException>(() => Declare(name, value)).Message);
    }

    [Fact]
    public async Task A_string_arrives_as_it_was_typed_whatever_it_holds()
    {
        var random = new Random(7);
        var pieces = new[] { "\"", "\\", "{", "}", "$", "@", "'", ";", "\n", "\r", "\t", "\0", "\u2028", "\u0085", "*/", "//", "\"\"\"", "\ud83d\ude00", "ä", "#r", " " };
        var value = string.Concat(Enumerable.Range(0, 400).Select(_ => pieces[random.Next(pieces.Length)]));
        NotebookDocument.Create(
            NotebookCell.Code("var text = \"\";", "parameters"),
            NotebookCell.Code("string.Join(',', text.Select(c => (int)c))")).Write(_folder["n.ipynb"]);

        var result = await new NotebookRunner().RunAsync(_folder["n.ipynb"], [KeyValuePair.Create("text", value)]);

        var shown = result.Document.Cells[2].Outputs[0]!["data"]!["text/plain"]![0]!.GetValue<string>();
        Assert.Equal(string.Join(',', value.Select(character => (int)character)), shown);
    }

    private string Declare(string name, string value)
    {
        NotebookDocument.Create(NotebookCell.Code(Cell, "parameters")).Write(_folder["n.ipynb"]);
        var job = NotebookJob.Load(_folder["n.ipynb"]);
        job.Set([KeyValuePair.Create(name, value)]);
        return job.Document.Cells[1].Source;
    }
}
