using DeepLearning.Tables;
using Microsoft.Data.Analysis;

namespace DeepLearning.Tests.Tables;

public sealed class NotebookTablesTests
{
    // a stand-in for Microsoft.DotNet.Interactive.Formatting.Formatter, with the members that the registration calls by name
    private static class Formatter
    {
        public static List<(Type Type, string MimeType, string Written)> Registered { get; } = [];

        public static Dictionary<Type, string[]> Preferred { get; } = [];

        public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = "text/plain")
        {
            using var writer = new StringWriter();
            var column = new Int32DataFrameColumn("n", [7]);
            formatter(type == typeof(DataFrame) ? new DataFrame(column) : column, writer);
            Registered.Add((type, mimeType, writer.ToString()));
        }

        public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes) => Preferred[type] = preferredMimeTypes;
    }

    [Fact]
    public void A_kernel_gets_formatters_of_tables_and_columns_as_html_and_as_text()
    {
        NotebookTables.Register(typeof(Formatter));

        Assert.Equal([typeof(DataFrame), typeof(DataFrameColumn)], Formatter.Preferred.Keys);
        Assert.All(Formatter.Preferred.Values, types => Assert.Equal(["text/html", "text/plain"], types));
        Assert.Equal(
            [(typeof(DataFrame), "text/html"), (typeof(DataFrame), "text/plain"), (typeof(DataFrameColumn), "text/html"), (typeof(DataFrameColumn), "text/plain")],
            Formatter.Registered.Select(entry => (entry.Type, entry.MimeType)));
        Assert.All(Formatter.Registered.Where(entry => entry.MimeType == "text/html"), entry => Assert.Contains("<td style=\"text-align:right\">7</td>", entry.Written));
        Assert.All(Formatter.Registered.Where(entry => entry.MimeType == "text/plain"), entry => Assert.Equal("   n\n0  7\n", entry.Written));
    }

    [Fact]
    public void A_kernel_without_these_members_is_ignored() => NotebookTables.Register(typeof(object));
}
