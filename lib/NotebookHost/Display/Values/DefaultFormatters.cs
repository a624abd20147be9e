using System.Collections;
using System.Data;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace NotebookHost.Display.Values;

/// <summary>
/// The formatters of this host, which take precedence over the framework's default formatters: they terminate for every value, show exceptions of the value's code, and support more
/// types. Formatters that notebooks and packages register take precedence over both.
/// </summary>
internal static class DefaultFormatters
{
    public const string Html = "text/html";
    public const string Plain = "text/plain";
    public const string Csv = "text/csv";
    private const string Summary = "text/plain+summary";

    /// <summary>The MIME type of a value that is formatted later: its formatter writes nothing.</summary>
    public const string Deferred = "application/x-deferred";

    private static ITypeFormatter _html = null!;
    private static ITypeFormatter _plain = null!;
    private static bool _registered;
    private static bool _hasStyles;

    /// <summary>Registers the formatters now and after each reset of the formatters.</summary>
    public static void Register()
    {
        if (Interlocked.Exchange(ref _registered, true))
            return;
        Add();
        FormattingInternals.OnReset(Add);
    }

    /// <summary>Formats a value without the formatters of notebooks and packages.</summary>
    /// <exception cref="ArgumentException">There is no formatter for the MIME type.</exception>
    public static string Format(object? value, string mimeType)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        using (var context = new FormatContext(writer))
        {
            _ = mimeType switch
            {
                _ when value is null => Write(context, Formatter.NullString),
                Html => FormatHtml(value, context),
                Plain => FormatPlain(value, context),
                _ => throw new ArgumentException($"No formatter is registered for MIME type {mimeType}."),
            };
        }
        return writer.ToString();
    }

    private static void Add()
    {
        var defaults = Formatter.RegisteredFormatters().Where(formatter => formatter.Type == typeof(object)).ToList();
        _html = defaults.First(formatter => formatter.MimeType == Html);
        _plain = defaults.First(formatter => formatter.MimeType == Plain);
        Add(typeof(object), Html, FormatHtml);
        Add(typeof(object), Plain, FormatPlain);
        Add(typeof(object), Deferred, (_, _) => true);
        Add(typeof(object), Summary, (value, context) => Write(context, ShortText.Of(value)));
        Add(typeof(IEnumerable), Summary, FormatSummary);
        // types with formatters in the framework
        foreach (var type in (Type[])[typeof(DateTime), typeof(DateTimeOffset), typeof(Type)])
        {
            Add(type, Plain, (value, context) => Write(context, ScalarText.Of(value)));
            Add(type, Html, (value, context) => WriteHtml(context, ScalarText.Of(value)));
        }
        Add(typeof(string), Html, (value, context) => WriteHtml(context, (string)value));
        Add(typeof(Exception), Plain, (value, context) => Write(context, ExceptionText.Of((Exception)value)));
        Add(typeof(Exception), Html, (value, context) => WriteHtml(context, ExceptionText.Of((Exception)value)));
        // the framework registers its formatters at the first request
        Formatter.GetPreferredMimeTypesFor(typeof(TabularDataResource));
        AddTable<TabularDataResource>(TableView.Of);
        AddTable<DataTable>(TableView.Of);
        AddTable<DataView>(TableView.Of);
        Formatter.SetPreferredMimeTypesFor(typeof(object), Html, Plain);
        Formatter.SetPreferredMimeTypesFor(typeof(TabularDataResource), Html, Csv, Plain);
        Formatter.SetPreferredMimeTypesFor(typeof(DataTable), Html, Csv, Plain);
        Formatter.SetPreferredMimeTypesFor(typeof(DataView), Html, Csv, Plain);
        FormattingInternals.ClearChoices();
    }

    private static void AddTable<T>(Func<T, TableView> table)
    {
        Add(typeof(T), Html, (value, context) => Write(context, table((T)value).Html()));
        Add(typeof(T), Csv, (value, context) => Write(context, table((T)value).Csv()));
        Add(typeof(T), Plain, (value, context) => Write(context, table((T)value).PlainText()));
    }

    private static void Add(Type type, string mimeType, Func<object, FormatContext, bool> format)
        => FormattingInternals.AddDefault(new DefaultFormatter(type, mimeType, format));

    private static bool FormatHtml(object value, FormatContext context) => value switch
    {
        _ when ScalarText.IsScalar(value) => WriteHtml(context, ScalarText.Of(value)),
        _ when JsonText.Of(value) is { } json => WriteHtml(context, json),
        Array { Rank: > 1 } array => Write(context, ArrayText.Html(array)),
        DataSet set => Write(context, string.Concat(set.Tables.Cast<DataTable>().Select(table => $"<div>{WebUtility.HtmlEncode(table.TableName)}</div>{TableView.Of(table).Html()}"))),
        Task task => WriteHtml(context, TaskText(task)),
        _ when Sequences.IsComputed(value) => SequenceText.WriteHtml((IEnumerable)value, context, _html),
        _ => Follow(value, context, _html, text => WriteHtml(context, text)),
    };

    private static bool FormatPlain(object value, FormatContext context) => value switch
    {
        _ when ScalarText.IsScalar(value) => Write(context, ScalarText.Of(value)),
        _ when JsonText.Of(value) is { } json => Write(context, json),
        Array { Rank: > 1 } array => Write(context, ArrayText.Plain(array)),
        DataSet set => Write(context, string.Join("\n\n", set.Tables.Cast<DataTable>().Select(table => $"{table.TableName}\n{TableView.Of(table).PlainText()}"))),
        Task task => Write(context, TaskText(task)),
        _ when Sequences.IsComputed(value) => SequenceText.WritePlain((IEnumerable)value, context, _plain),
        // the result of ToString; the default text reads all properties, which would run computations for tensors and networks
        _ when FormatScope.Depth == 0 && SaysWhatItIs(value) => Write(context, OwnText(value)),
        _ => Follow(value, context, _plain, text => Write(context, text)),
    };

    private static bool FormatSummary(object value, FormatContext context)
        => (value is not ICollection || Sequences.ElementIsScalar(value.GetType()) is false) && Write(context, ShortText.Of(value));

    private static bool SaysWhatItIs(object value)
        => value is not IEnumerable && value.GetType() is var type && (Records.HasGeneratedText(type) || Records.HasOwnText(type));

    /// <summary>Returns whether the text of a value contains the texts of its members.</summary>
    private static bool IsMadeOfParts(object value) => value is ITuple || ShortText.IsPair(value.GetType()) || Records.HasGeneratedText(value.GetType());

    private static string OwnText(object value)
    {
        if (IsMadeOfParts(value))
            return ShortText.OfParts(value);
        string? failure = null;
        try
        {
            if (value.ToString() is { } text)
                return text;
        }
#pragma warning disable CA1031 // a ToString method of the notebook may throw any exception
        catch (Exception error) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            failure = $"\n    ToString(): {ShortText.OfError(error)}";
        }
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        using (var context = new FormatContext(writer))
            Follow(value, context, _plain, text => Write(context, text));
        return writer + failure;
    }

    /// <summary>Formats an object and its members with the framework's formatter, as far as <see cref="FormatScope"/> allows, and as short text if that fails.</summary>
    private static bool Follow(object value, FormatContext context, ITypeFormatter formatter, Func<string, bool> writeShort)
    {
        if (!FormatScope.TryEnter(value))
            return writeShort(ShortText.Of(value));
        try
        {
            // a separate writer, because the text of a failed formatter is not shown
            using var apart = new StringWriter(CultureInfo.InvariantCulture);
            var inner = new FormatContext(apart);
            FormattingInternals.SetDepth(inner, context.Depth);
            FormattingInternals.SetStartingObject(inner, FormattingInternals.IsStartingObject(context));
            if (!formatter.Format(FrameworkItems.Of(value), inner))
                return false;
            FormattingInternals.SetStartingObject(context, FormattingInternals.IsStartingObject(inner));
            if (formatter.MimeType == Html)
                context.RequireDefaultStyles();
            context.Writer.Write(FrameworkItems.Named(CSharpNames.WithoutSubmissions(apart.ToString()), value));
            return true;
        }
#pragma warning disable CA1031 // the value is shown after any error of a formatter
        catch (Exception error) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            return writeShort($"{ShortText.Of(value)}\n{ShortText.OfError(error)}");
        }
        finally
        {
            FormatScope.Leave();
        }
    }

    private static string TaskText(Task task)
    {
        var result = task.IsCompletedSuccessfully && task.GetType().GetProperty("Result") is { } property && property.PropertyType.Name != "VoidTaskResult"
            ? $": {ShortText.Of(property.GetValue(task))}"
            : task.Exception is { } error ? $": {ShortText.OfError(error.InnerExceptions is [var one] ? one : error)}" : "";
        var name = task.GetType().IsGenericType && task.GetType().GetGenericArguments() is [{ Name: not "VoidTaskResult" } type, ..] ? $"Task<{CSharpNames.Of(type)}>" : "Task";
        return $"{name} ({task.Status}){result}";
    }

    internal static bool Write(FormatContext context, string text)
    {
        context.Writer.Write(text);
        return true;
    }

    internal static bool WriteHtml(FormatContext context, string text)
    {
        context.RequireDefaultStyles();
        return Write(context, $"<div class=\"dni-plaintext\"><pre>{WebUtility.HtmlEncode(text)}</pre></div>");
    }

    // The framework creates the styles at their first use and stores an exception of this step: after an abort, all HTML would fail.
    private static void CreateStyles()
    {
        if (_hasStyles)
            return;
        CellStop.RunUninterrupted(() =>
        {
            using var context = new FormatContext(TextWriter.Null);
            context.RequireDefaultStyles();
        });
        _hasStyles = true;
    }

    private sealed class DefaultFormatter(Type type, string mimeType, Func<object, FormatContext, bool> format) : ITypeFormatter
    {
        public string MimeType => mimeType;

        public Type Type => type;

        public bool Format(object instance, FormatContext context)
        {
            if (mimeType == Html)
                CreateStyles();
            return instance is null ? Write(context, Formatter.NullString) : format(instance, context);
        }
    }
}
