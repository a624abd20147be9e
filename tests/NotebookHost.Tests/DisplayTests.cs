using System.Text.Json.Nodes;

namespace NotebookHost.Tests;

[Collection(OneAtATime.Name)]
public sealed class DisplayTests : SessionFixture
{
    [Theory]
    [InlineData("2", "2")]
    [InlineData("\"text\"", "text")]
    [InlineData("true", "True")]
    [InlineData("2.5", "2.5")]
    [InlineData("(object)null", "<null>")]
    [InlineData("DayOfWeek.Monday", "Monday")]
    [InlineData("new DateTime(2026, 1, 2, 3, 4, 5)", "2026-01-02 03:04:05Z")]
    [InlineData("TimeSpan.FromSeconds(3)", "00:00:03")]
    public async Task Plain_values_are_stored_as_plain_text_only(string expression, string text)
    {
        var bundle = (await Run(expression)).LastBundle!;

        Assert.Equal(["text/plain"], bundle.MimeTypes);
        Assert.Equal(text, bundle.PlainText);
    }

    [Theory]
    [InlineData("display(new Point());")]
    [InlineData("new Point().Display();")]
    [InlineData("new Point()")]
    public async Task A_value_whose_formatter_throws_is_shown_by_the_hosts_with_the_cause(string show)
    {
        await Run("""
            class Point { public int X = 3; }
            Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Point>((point, writer) => throw new FormatException("no ink"), "text/html");
            """);

        var sink = await Run(show);

        Assert.Contains("err: The text/html formatter of Point failed: FormatException: no ink\n", sink.Outputs);
        Assert.Contains("3", sink.LastBundle!["text/html"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("display(new Point())")]
    [InlineData("new Point().Display()")]
    [InlineData("Microsoft.DotNet.Interactive.KernelInvocationContext.Current.Display(new Point())")]
    public async Task What_is_displayed_by_another_formatter_than_the_one_that_failed_can_be_updated(string display)
    {
        var sink = await Run($$"""
            class Point { public int X = 3; }
            Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Point>((point, writer) => throw new FormatException("no ink"), "text/html");
            var shown = {{display}};
            shown.Update("later");
            """);

        Assert.Equal("update: later", sink.Outputs[^1]);
    }

    [Theory]
    [InlineData("display(1)")]
    [InlineData("1.Display()")]
    [InlineData("display(new[] { 1 })")]
    [InlineData("Microsoft.DotNet.Interactive.KernelInvocationContext.Current.Display(1)")]
    public async Task An_update_with_a_value_whose_formatter_throws_is_shown_by_the_hosts_with_the_cause(string display)
    {
        var sink = await Run($$"""
            class Point { public int X = 3; }
            Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Point>((point, writer) => throw new FormatException("no ink"), "text/html");
            var shown = {{display}};
            shown.Update(new Point());
            """);

        Assert.Contains("err: The text/html formatter of Point failed: FormatException: no ink\n", sink.Outputs);
        Assert.StartsWith("update: ", sink.Outputs[^1], StringComparison.Ordinal);
        Assert.Contains("3", sink.LastBundle!["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_has_the_representations_of_what_was_displayed()
    {
        await Run("var shown = display(new { A = 1 });");

        Assert.Equal(["text/html", "text/plain"], (await Run("shown.Update(new { A = 2 });")).LastBundle!.MimeTypes.Order());
    }

    [Fact]
    public async Task A_mime_type_that_no_formatter_makes_is_an_error()
        => Assert.Contains("text/nonsense", (await Fail("display(new object(), \"text/nonsense\")")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_sequence_is_html_with_a_plain_text_twin()
    {
        var bundle = (await Run("new[] { 1, 2, 3 }")).LastBundle!;

        Assert.Equal(["text/html", "text/plain"], bundle.MimeTypes);
        Assert.Equal("[ 1, 2, 3 ]", bundle.PlainText);
    }

    [Fact]
    public async Task The_plain_text_of_an_object_that_says_what_it_is_is_what_it_says()
    {
        var bundle = (await Run("class Net { public Net Self => new(); public override string ToString() => \"a net\"; }\nnew Net()")).LastBundle!;

        Assert.Equal("a net", bundle.PlainText);
    }

    [Fact]
    public async Task Html_is_shown_as_html_with_its_visible_text()
    {
        var bundle = (await Run("HTML(\"<style>b {}</style><p>1 &lt; <b>2</b></p><p>end</p>\")")).LastBundle!;

        Assert.StartsWith("<style>", bundle["text/html"], StringComparison.Ordinal);
        Assert.Equal("1 < 2\nend", bundle.PlainText);
    }

    [Fact]
    public async Task A_script_and_styles_are_html()
    {
        Assert.Equal("<script type=\"text/javascript\">go()</script>", (await Run("Javascript(\"go()\");")).LastBundle!["text/html"]);
        Assert.Contains("var css = `p {}`", (await Run("CSS(\"p {}\");")).LastBundle!["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_is_displayed_as_the_mime_type_asked_for()
    {
        var bundle = (await Run("\"<svg/>\".DisplayAs(\"image/svg+xml\");")).LastBundle!;

        Assert.Equal("<svg/>", bundle["image/svg+xml"]);
        Assert.Equal("[image/svg+xml]", bundle.PlainText);
        Assert.Equal("# x", (await Run("\"# x\".DisplayAs(\"text/markdown\");")).LastBundle!.PlainText);
    }

    [Fact]
    public async Task Json_is_stored_as_a_value()
    {
        var bundle = (await Run("\"{\\\"a\\\": [1, 2]}\".DisplayAs(\"application/vnd.plotly.v1+json\");")).LastBundle!;

        Assert.Equal("""{"a":[1,2]}""", bundle.ToJson()["application/vnd.plotly.v1+json"]!.ToJsonString());
    }

    [Fact]
    public async Task Mime_types_asked_for_are_made_and_plain_text_with_them()
    {
        Assert.Equal(["text/csv", "text/plain"], (await Run("new[] { new { A = 1 } }.Display(\"text/csv\");")).LastBundle!.MimeTypes);
        Assert.Equal(["text/plain"], (await Run("display(new[] { 1 }, \"text/plain\");")).LastBundle!.MimeTypes);
        Assert.Equal("ArgumentException", (await Fail("display(1, \"text/nonsense\");")).Name);
    }

    [Fact]
    public async Task A_sequence_can_be_a_table()
    {
        var bundle = (await Run("new[] { new { A = 1, B = \"x\" }, new { A = 22, B = \"y,<z>\" } }.DisplayTable();")).LastBundle!;

        Assert.Equal(" A  B\n 1  x\n22  y,<z>", bundle.PlainText);
        Assert.Equal("A,B\n1,x\n22,\"y,<z>\"\n", bundle["text/csv"]);
        Assert.Contains("<td style=\"text-align:right\">22</td><td style=\"text-align:left\">y,&lt;z&gt;</td>", bundle["text/html"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5, -2e3", "right")]
    [InlineData("1.5, null", "right")]
    [InlineData("\"81.9 %\", \"9 %\"", "right")]
    [InlineData("1.5, \"none\"", "left")]
    [InlineData("null, null", "left")]
    public async Task A_column_of_a_table_is_aligned_right_when_all_its_values_are_numbers(string values, string side)
    {
        var html = (await Run($"new object[] {{ {values} }}.Select(value => new {{ value }}).DisplayTable();")).LastBundle!["text/html"];

        Assert.Contains($"<th style=\"text-align:{side}\">value</th>", html, StringComparison.Ordinal);
        Assert.Contains($"<td style=\"text-align:{side}\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registered_formatter_is_used_even_for_a_plain_value()
    {
        await Run("using Microsoft.DotNet.Interactive.Formatting;\nFormatter.Register<Guid>(id => \"<i>id</i>\", \"text/html\");");
        try
        {
            Assert.Equal("<i>id</i>", (await Run("Guid.Empty")).LastBundle!["text/html"]);
        }
        finally
        {
            await Run("Formatter.ResetToDefault();");
        }
    }

    [Fact]
    public async Task A_formatter_found_by_its_attributes_name_gives_one_bundle_of_all_its_types()
    {
        await Run("""
            [AttributeUsage(AttributeTargets.Class)]
            class TypeFormatterSourceAttribute : Attribute
            {
                public TypeFormatterSourceAttribute(Type type) => FormatterSourceType = type;
                public Type FormatterSourceType { get; }
                public string[] PreferredMimeTypes { get; set; }
            }
            public class ChartFormatter
            {
                private readonly string _text;
                public ChartFormatter(string mimeType, string text) { MimeType = mimeType; _text = text; }
                public string MimeType { get; }
                public bool Format(object value, System.IO.TextWriter writer) { writer.Write(_text); return true; }
            }
            public class ChartFormatters
            {
                public IEnumerable<object> CreateTypeFormatters()
                {
                    yield return new ChartFormatter("application/vnd.plotly.v1+json", "{\"data\": []}");
                    yield return new ChartFormatter("text/html", "<div>chart</div>");
                    yield return new ChartFormatter("image/svg+xml", "<svg/>");
                    yield return new ChartFormatter("text/plain", "a chart");
                }
            }
            [TypeFormatterSource(typeof(ChartFormatters), PreferredMimeTypes = new[] { "application/vnd.plotly.v1+json", "text/html", "image/svg+xml", "text/plain" })]
            public class Chart { }
            """);

        foreach (var cell in (string[])["new Chart()", "display(new Chart());", "new Chart().Display();"])
        {
            var data = (await Run(cell)).LastBundle!.ToJson();

            Assert.Equal(["application/vnd.plotly.v1+json", "image/svg+xml", "text/html", "text/plain"], data.Select(entry => entry.Key));
            Assert.IsType<JsonObject>(data["application/vnd.plotly.v1+json"]);
            Assert.Equal("a chart", data["text/plain"]![0]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task The_text_of_a_formatter_found_by_its_attributes_name_is_shown_in_place_of_ToString()
    {
        await Run("""
            class TypeFormatterSourceAttribute(Type type) : Attribute
            {
                public Type FormatterSourceType { get; } = type;
            }
            public class TensorFormatter(string mimeType, string text)
            {
                public string MimeType { get; } = mimeType;
                public bool Format(object value, System.IO.TextWriter writer) { writer.Write(text); return true; }
            }
            public class TensorFormatters
            {
                public IEnumerable<object> CreateTypeFormatters() =>
                    [new TensorFormatter("text/plain", "1 2 3"), new TensorFormatter("text/html", "<pre>1 2 3</pre>")];
            }
            [TypeFormatterSource(typeof(TensorFormatters))]
            public class Tensor { public override string ToString() => "[3], Float32"; }
            """);

        var bundle = (await Run("new Tensor()")).LastBundle!;

        Assert.Equal(("<pre>1 2 3</pre>", "1 2 3"), (bundle["text/html"], bundle.PlainText));
    }

    [Fact]
    public async Task A_displayed_value_can_be_updated_from_a_later_cell()
    {
        var first = await Run("var shown = display(\"start\");");
        var second = await Run("shown.Update(\"end\");");

        Assert.Equal(["display: start"], first.Outputs);
        Assert.Equal(["update: end"], second.Outputs);
        Assert.Equal("True", await Result("shown.IsUpdated"));
    }

    [Fact]
    public async Task An_update_keeps_the_mime_type_it_began_with()
    {
        var sink = await Run("var image = \"<svg/>\".DisplayAs(\"image/svg+xml\");\nimage.Update(\"<svg>2</svg>\");");

        Assert.Equal("<svg>2</svg>", sink.LastBundle!["image/svg+xml"]);
    }
}
