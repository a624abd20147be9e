using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display.Values;

namespace NotebookHost.Display;

/// <summary>Converts values to bundles with the formatters that are registered with .NET Interactive's <see cref="Formatter"/>.</summary>
internal static class Bundler
{
    private const string Html = DefaultFormatters.Html;
    private const string Plain = DefaultFormatters.Plain;

    /// <summary>Returns a value in the preferred representations of its type.</summary>
    public static MimeBundle From(object? value)
    {
        switch (value)
        {
            case FormattedValue formatted:
                return Of([formatted]);
            case IEnumerable<FormattedValue> several:
                return Of([.. several]);
        }
        try
        {
            var mimeTypes = Formatter.GetPreferredMimeTypesFor(value?.GetType());
            // HTML of a single value would be removed
            if (IsPlain(value) && IsDefault(mimeTypes) && Formatter.DefaultMimeType == Html && !HasOwnFormatter(value?.GetType() ?? typeof(object), Html))
                mimeTypes = [Plain];
            return From(value, [.. mimeTypes.Select(mimeType => new FormattedValue(mimeType, Format(value, mimeType)))]);
        }
        finally
        {
            Sequences.Forget();
        }
    }

    /// <summary>Returns a bundle of the framework's representations of a value, without HTML that is equivalent to the text, and always with text.</summary>
    public static MimeBundle From(object? value, IReadOnlyCollection<FormattedValue> formatted)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var representation in formatted.Where(representation => !representation.SuppressDisplay))
            data[representation.MimeType] = representation.Value;
        if (data.ContainsKey(Html) && !data.ContainsKey(PlotlyCharts.MimeType) && PlotlyCharts.Bundle(value, data.GetValueOrDefault(Html)) is { } chart)
            return chart;
        var type = value?.GetType() ?? typeof(object);
        var isDefault = IsDefault(data.Keys);
        if (isDefault && Formatter.DefaultMimeType != Html && !HasOwnFormatter(type, Html))
        {
            data.Remove(Html);
            data[Formatter.DefaultMimeType] = Format(value, Formatter.DefaultMimeType);
        }
        if (isDefault && IsPlain(value) && !HasOwnFormatter(type, Html))
            data.Remove(Html);
        // the text of the bundle, derived from the other representations, is more informative than the text of the object
        if (value is IHtmlContent)
            data.Remove(Plain);
        else if (!data.ContainsKey(Plain) && value is not null and not string)
            data[Plain] = Format(value, Plain);
        return new MimeBundle(data);
    }

    private static bool IsPlain(object? value) => value is null or string || ScalarText.IsScalar(value);

    private static bool IsDefault(IReadOnlyCollection<string> mimeTypes) => mimeTypes.Count == 2 && mimeTypes.Contains(Html) && mimeTypes.Contains(Plain);

    private static MimeBundle Of(IReadOnlyList<FormattedValue> formatted)
        => new(formatted.Select(representation => KeyValuePair.Create(representation.MimeType, representation.Value)));

    /// <summary>Returns a value in one representation: with its formatter, or if that fails, with this host's formatter, and the error on the error stream.</summary>
    /// <exception cref="ArgumentException">There is no formatter for the MIME type.</exception>
    public static string Format(object? value, string mimeType)
    {
        try
        {
            return value.ToDisplayString(mimeType);
        }
        catch (Exception error) when (mimeType is Html or Plain && error is not OperationCanceledException && !CellStop.IsRequested)
        {
            Console.Error.WriteLine($"The {mimeType} formatter of {CSharpNames.Of(value?.GetType() ?? typeof(object))} failed: {ShortText.OfError(error)}");
            return DefaultFormatters.Format(value, mimeType);
        }
    }

    private static bool HasOwnFormatter(Type type, string mimeType)
        => Formatter.RegisteredFormatters(includeDefaults: false).Any(formatter
            => formatter.Type.IsAssignableFrom(type) && formatter.MimeType == mimeType);
}
