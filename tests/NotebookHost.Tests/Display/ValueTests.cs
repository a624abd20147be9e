namespace NotebookHost.Tests.Display;

/// <summary>What a reader sees of values of many types.</summary>
[Collection(OneAtATime.Name)]
public sealed class ValueTests : SessionFixture
{
    [Theory]
    [InlineData("new DateOnly(2024, 2, 29)", "2024-02-29")]
    [InlineData("new TimeOnly(13, 5)", "13:05:00")]
    [InlineData("new TimeOnly(13, 5, 1, 250)", "13:05:01.25")]
    [InlineData("new DateTimeOffset(2024, 2, 29, 10, 0, 0, TimeSpan.FromHours(2))", "2024-02-29 10:00:00+02:00")]
    [InlineData("new DateTimeOffset(2024, 2, 29, 10, 0, 0, TimeSpan.FromHours(-5.5))", "2024-02-29 10:00:00-05:30")]
    [InlineData("(DateOnly?)new DateOnly(1, 1, 1)", "0001-01-01")]
    [InlineData("(Half)0.5", "0.5")]
    [InlineData("Int128.MaxValue", "170141183460469231731687303715884105727")]
    [InlineData("new Uri(\"http://a/b\")", "http://a/b")]
    [InlineData("typeof(Dictionary<string, int[]>)", "Dictionary<string, int[]>")]
    [InlineData("1.5m", "1.5")]
    [InlineData("'x'", "x")]
    [InlineData("1..^2", "1..^2")]
    public async Task Single_values_are_plain_text(string expression, string text)
    {
        var bundle = (await Run(expression)).LastBundle!;

        Assert.Equal(["text/plain"], bundle.MimeTypes);
        Assert.Equal(text, bundle.PlainText);
    }

    [Theory]
    [InlineData("(int x) => x + 1", "Func<int, int> (int x) → int")]
    [InlineData("() => Console.WriteLine()", "Action () → void")]
    [InlineData("(Func<int, string, bool>)((a, b) => true)", "Func<int, string, bool> (int a, string b) → bool")]
    [InlineData("(Action)(() => {})", "Action () → void")]
    public async Task A_function_is_its_signature(string expression, string text) => Assert.Equal(text, await Result(expression));

    [Fact]
    public async Task A_function_of_a_cell_is_its_signature()
    {
        Assert.Equal("Func<int, int> (int n) → int", await Result("int Twice(int n) => 2 * n;\nTwice"));
        Assert.Equal("string Join(string separator, string[] value)", await Result("typeof(string).GetMethod(\"Join\", new[] { typeof(string), typeof(string[]) })"));
    }

    [Fact]
    public async Task An_array_of_several_dimensions_is_its_shape_and_its_rows()
    {
        var bundle = (await Run("new int[,]{{1,2},{3,4}}")).LastBundle!;

        Assert.Equal("int[2, 2]\n[ 1, 2 ]\n[ 3, 4 ]", bundle.PlainText);
        Assert.Contains("<tr><td style=\"text-align:right\">1</td><td style=\"text-align:right\">2</td></tr><tr><td style=\"text-align:right\">3</td><td style=\"text-align:right\">4</td></tr>", bundle["text/html"], StringComparison.Ordinal);
        Assert.Equal(
            "double[2, 1, 2]\n[0, ..]\n[ 1, 2 ]\n[1, ..]\n[ 3, 4.5 ]", await Result("new double[,,] { { { 1, 2 } }, { { 3, 4.5 } } }"));
        Assert.Equal("int[0, 3]", await Result("new int[0, 3]"));
        Assert.StartsWith("int[100, 2]\n[ 0, 0 ]\n", await Result("new int[100, 2]"), StringComparison.Ordinal);
        Assert.EndsWith("\n... (80 more)", await Result("new int[100, 2]"), StringComparison.Ordinal);
        Assert.Equal("string[1, 2]\n[ a, <null> ]", await Result("new string[,] { { \"a\", null } }"));
    }

    [Fact]
    public async Task The_values_of_an_iterator_are_shown_and_read_once()
    {
        var sink = await Run("IEnumerable<int> G() { Console.Write(\"start \"); for (var i = 1; i < 4; i++) yield return i; }\nG()");

        Assert.Equal(["out: start ", "result: [ 1, 2, 3 ]"], sink.Outputs);
        Assert.Equal("[ 1, 4, 9 ]", await Result("Enumerable.Range(1, 3).Select(x => x * x)"));
        Assert.Equal("[ a, b ]", await Result("new[] { \"b\", \"a\" }.OrderBy(x => x)"));
        Assert.Contains("... (more) ]", await Result("IEnumerable<int> All() { var i = 0; while (true) yield return i++; }\nAll()"), StringComparison.Ordinal);
        Assert.Equal("[ 1, x ]", await Result("System.Collections.IEnumerable Old() { yield return 1; yield return \"x\"; }\nOld()"));
        Assert.Equal("[  ]", await Result("Enumerable.Empty<int>().Where(x => x > 0)"));
    }

    [Fact]
    public async Task An_iterator_of_objects_names_no_generated_type()
    {
        var text = await Result("class P { public int X { get; set; } }\nIEnumerable<P> Ps() { yield return new P { X = 1 }; yield return new P { X = 2 }; }\nPs()");

        Assert.StartsWith("IEnumerable<P>\n", text, StringComparison.Ordinal);
        Assert.Contains("X: 2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("d__", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new { Items = G() }", "{ Items = IEnumerable<int> }")]
    [InlineData("(1, G())", "(1, IEnumerable<int>)")]
    [InlineData("async IAsyncEnumerable<int> Later() { yield return 1; await Task.Yield(); }\nLater()", "IAsyncEnumerable<int>")]
    [InlineData("async IAsyncEnumerable<int> Later() { yield return 1; await Task.Yield(); }\nnew { Items = Later() }", "{ Items = IAsyncEnumerable<int> }")]
    public async Task A_generated_type_has_the_name_of_its_interface(string cell, string text)
    {
        await Run("IEnumerable<int> G() { yield return 1; }");

        Assert.Equal(text, (await Result(cell))!.Split('\n')[0]);
    }

    [Theory]
    [InlineData("new[] { (1, \"a\"), (2, \"b\") }", "(int, string)[]\n( 1, a )\n( 2, b )")]
    [InlineData("new[] { Tuple.Create(1, 2) }", "Tuple<int, int>[]\n( 1, 2 )")]
    [InlineData("new[] { 1, 2 }.Zip(new[] { \"a\", \"b\" })", "IEnumerable<(int, string)>\n( 1, a )\n( 2, b )")]
    public async Task An_array_of_tuples_shows_each_tuple(string cell, string text)
    {
        var bundle = (await Run(cell)).LastBundle!;

        Assert.Equal(text, string.Join('\n', bundle.PlainText.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)));
        Assert.Contains("Item1", bundle["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain("SyncRoot", bundle["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_array_of_tuples_is_its_type()
        => Assert.Equal("(int, string)[]", (await Result("new (int, string)[0]"))!.TrimEnd());

    [Theory]
    [InlineData("new ArrayList { 1, \"a\" }", "ArrayList")]
    [InlineData("new Hashtable { [\"k\"] = 1 }", "Hashtable")]
    [InlineData("new BitArray(3)", "BitArray")]
    [InlineData("Array.CreateInstance(typeof(int), new[] { 2 }, new[] { 1 })", "int[]")]
    public async Task A_collection_without_a_type_of_its_items_has_its_own_name(string cell, string name)
        => Assert.Equal(name, (await Result(cell))!.Split('\n')[0]);

    [Theory]
    [InlineData("H()")]
    [InlineData("H().Select(x => x)")]
    [InlineData("display(H());")]
    [InlineData("new[] { 1, 0 }.Select(x => x == 0 ? throw new Exception(\"mid\") : x)")]
    public async Task An_iterator_that_throws_shows_the_first_items_and_the_error(string cell)
    {
        await Run("IEnumerable<int> H() { yield return 1; throw new Exception(\"mid\"); }");

        var bundle = (await Run(cell)).LastBundle!;

        Assert.Equal("[ 1 ]\nException: mid", bundle.PlainText);
        Assert.Contains("mid", bundle["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_that_throws_is_shown_with_the_error()
    {
        var text = await Result("""
            class Broken : IEnumerable<int>
            {
                public IEnumerator<int> GetEnumerator() => throw new Exception("no items");
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
            }
            new Broken()
            """);

        Assert.Contains("no items", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class B { public override string ToString() => throw new Exception(\"boom\"); }\nnew B()")]
    [InlineData("class B { public int X => 1; public override string ToString() => throw new Exception(\"boom\"); }\nnew B()")]
    [InlineData("struct B { public override string ToString() => throw new Exception(\"boom\"); }\nnew B()")]
    [InlineData("class B { public override string ToString() => throw new Exception(\"boom\"); }\nnew[] { new B() }")]
    [InlineData("class B { public override string ToString() => throw new Exception(\"boom\"); }\n(1, new B())")]
    [InlineData("class B { public override string ToString() => throw new Exception(\"boom\"); }\nnew { Inner = new B() }")]
    [InlineData("record B(int X) { public int Y => throw new Exception(\"boom\"); }\nnew B(1)")]
    [InlineData("class B { public int X => 1; public int Y => throw new Exception(\"boom\"); }\nnew B()")]
    [InlineData("class B : Exception { public override string Message => throw new Exception(\"boom\"); }\nnew B()")]
    public async Task What_the_code_of_a_value_throws_is_shown_inside_it(string cell)
    {
        var bundle = (await Run(cell)).LastBundle!;

        Assert.Contains("B", bundle.PlainText, StringComparison.Ordinal);
        Assert.True(bundle.PlainText.Contains("boom", StringComparison.Ordinal) || bundle.PlainText.Contains("Exception", StringComparison.Ordinal), bundle.PlainText);
        Assert.DoesNotContain("TargetInvocation", bundle.PlainText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(1, new N())", "(1, N)")]
    [InlineData("(\"a\", (2.5, new[] { 1, 2 }))", "(a, (2.5, [ 1, 2 ]))")]
    [InlineData("new KeyValuePair<string, N>(\"k\", new N())", "[k, N]")]
    [InlineData("new[] { new Dictionary<string, List<int>> { [\"k\"] = [1] } }.ToList()[0].First()", "[k, [ 1 ]]")]
    public async Task Tuples_and_pairs_show_what_is_in_them(string expression, string text)
    {
        await Run("class N;");

        Assert.Equal(text, await Result(expression));
    }

    [Theory]
    [InlineData("new Nothing()")]
    [InlineData("new[] { new Nothing() }")]
    [InlineData("new { Inner = new Nothing() }")]
    [InlineData("new Dictionary<string, Nothing> { [\"a\"] = new Nothing() }")]
    [InlineData("new Exception(\"m\", null) { Source = \"s\" }.Data[\"x\"] ?? new List<object> { new Nothing(), new List<Nothing>() }")]
    public async Task Types_of_cells_have_the_names_that_the_cells_gave_them(string expression)
    {
        await Run("class Nothing;");

        var bundle = (await Run(expression)).LastBundle!;

        Assert.Contains("Nothing", bundle.PlainText, StringComparison.Ordinal);
        Assert.All(bundle.MimeTypes, mimeType => Assert.DoesNotContain("Submission#", bundle[mimeType], StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_object_whose_text_is_null_is_shown_with_its_members()
    {
        await Run("class P { public int A => 1; public override string ToString() => null; }");

        Assert.Equal("P\n    A: 1", await Result("new P()"));
        Assert.Equal("(1, P)", await Result("(1, new P())"));
    }

    [Fact]
    public async Task Json_is_shown_as_json()
    {
        Assert.Equal("{\n  \"a\": [\n    1\n  ]\n}", await Result("System.Text.Json.Nodes.JsonNode.Parse(\"{\\\"a\\\":[1]}\")"));
        Assert.Equal("{\n  \"a\": 1\n}", await Result("System.Text.Json.JsonDocument.Parse(\"{\\\"a\\\":1}\")"));
        Assert.Equal("[\n  1,\n  \"é\"\n]", await Result("new System.Text.Json.Nodes.JsonArray(1, \"é\")"));
        Assert.Equal("5", await Result("System.Text.Json.Nodes.JsonValue.Create(5)"));
    }

    [Theory]
    [InlineData("new { J = System.Text.Json.Nodes.JsonNode.Parse(\"{\\\"a\\\":[1]}\") }", "{ J = {\"a\":[1]} }")]
    [InlineData("new { J = System.Text.Json.JsonDocument.Parse(\"{\\\"a\\\":[1]}\") }", "{ J = {\"a\":[1]} }")]
    [InlineData("(1, new Newtonsoft.Json.Linq.JObject())", "(1, { \"a\": [ 1 ] })")]
    public async Task Json_in_other_values_is_shown_in_one_line(string cell, string text)
    {
        SampleAssemblies.Compile(Folder.Path, "Tokens", """
            namespace Newtonsoft.Json.Linq;
            public class JToken : System.Collections.IEnumerable { public System.Collections.IEnumerator GetEnumerator() => new int[0].GetEnumerator(); }
            public class JObject : JToken { public override string ToString() => "{\n  \"a\": [\n    1\n  ]\n}"; }
            """);
        await Run("#r \"Tokens.dll\"");

        Assert.Equal(text, await Result(cell));
    }

    [Fact]
    public async Task A_data_table_is_a_table()
    {
        await Run("""
            var table = new System.Data.DataTable("people");
            table.Columns.Add("name", typeof(string));
            table.Columns.Add("born", typeof(DateOnly));
            table.Rows.Add("Ada", new DateOnly(1815, 12, 10));
            table.Rows.Add("<Bob>", null);
            """);

        var bundle = (await Run("table")).LastBundle!;

        Assert.Equal("name   born\nAda    1815-12-10\n<Bob>", bundle.PlainText);
        Assert.Contains("<td style=\"text-align:left\">Ada</td><td style=\"text-align:left\">1815-12-10</td>", bundle["text/html"], StringComparison.Ordinal);
        Assert.Contains("<td style=\"text-align:left\">&lt;Bob&gt;</td>", bundle["text/html"], StringComparison.Ordinal);
        Assert.Equal("name,born\nAda,1815-12-10\n<Bob>,\n", bundle["text/csv"]);
        Assert.Equal("name  born\nAda   1815-12-10", await Result("new System.Data.DataView(table) { RowFilter = \"name = 'Ada'\" }"));
        Assert.StartsWith("people\nname", await Result("var set = new System.Data.DataSet(); set.Tables.Add(table); set"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_is_its_state_and_result()
    {
        Assert.Equal("Task<int> (RanToCompletion): 1", await Result("Task.FromResult(1)"));
        Assert.Equal("Task (Faulted): Exception: no", await Result("Task.FromException(new Exception(\"no\"))"));
    }

    [Fact]
    public async Task Values_do_not_depend_on_the_culture()
    {
        await Run("""
            var comma = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            System.Globalization.CultureInfo.CurrentCulture = comma;
            """);

        Assert.Equal("1.5", await Result("1.5"));
        Assert.Equal("[ 1.5, 2 ]", await Result("new[] { 1.5, 2 }"));
        Assert.Equal("A { X = 1.5 }", await Result("record A(double X);\nnew A(1.5)"));
    }
}
