using System.Reflection;
using Microsoft.Data.Analysis;

namespace DeepLearning.Tables;

/// <summary>
/// Registers the display of tables with the notebook kernel that this process is. <see cref="DataFrame"/> is a type of another library, so it
/// cannot carry the attribute by which kernels find the formatters of this library's types; and this library has no reference to a kernel. So
/// <c>Formatter.Register</c> of Microsoft.DotNet.Interactive.Formatting is called by its name, where that library is loaded.
/// </summary>
internal static class NotebookTables
{
    private static readonly string[] _mimeTypes = ["text/html", "text/plain"];

    /// <summary>Registers the display where a kernel is loaded; elsewhere does nothing.</summary>
    public static void Register()
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.GetName().Name == "Microsoft.DotNet.Interactive.Formatting"
                && assembly.GetType("Microsoft.DotNet.Interactive.Formatting.Formatter") is { } formatter)
            {
                Register(formatter);
            }
        }
    }

    /// <summary>Registers the display with a class that has the members of <c>Formatter</c>.</summary>
    public static void Register(Type formatter)
    {
        var register = formatter.GetMethod("Register", BindingFlags.Public | BindingFlags.Static, [typeof(Type), typeof(Action<object, TextWriter>), typeof(string)]);
        var prefer = formatter.GetMethod("SetPreferredMimeTypesFor", BindingFlags.Public | BindingFlags.Static, [typeof(Type), typeof(string[])]);
        if (register is null || prefer is null)
            return;
        foreach (var type in new[] { typeof(DataFrame), typeof(DataFrameColumn) })
        {
            Action<object, TextWriter> html = (value, writer) => writer.Write(HtmlTable.Render(Preview(value, TableDisplay.RowsInHtml)));
            Action<object, TextWriter> text = (value, writer) => writer.Write(TextTable.Render(Preview(value, TableDisplay.RowsInText)));
            register.Invoke(null, [type, html, "text/html"]);
            register.Invoke(null, [type, text, "text/plain"]);
            prefer.Invoke(null, [type, _mimeTypes]);
        }
    }

    private static TablePreview Preview(object value, int maxRows) =>
        value is DataFrame frame ? TablePreview.Of(frame, maxRows) : TablePreview.Of((DataFrameColumn)value, maxRows);
}
