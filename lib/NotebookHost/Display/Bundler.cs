using System.Collections;
using System.Numerics;
using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookHost.Display;

/// <summary>Turns values into bundles, by the formatters that notebooks register with .NET Interactive's <see cref="Formatter"/>.</summary>
internal static class Bundler
{
    /// <summary>The value in its preferred representations, or in those asked for.</summary>
    /// <exception cref="ArgumentException">No formatter makes one of the mime types asked for.</exception>
    public static MimeBundle From(object? value, params IReadOnlyList<string> mimeTypes)
    {
        var type = value?.GetType() ?? typeof(object);
        if (mimeTypes.Count == 0)
            mimeTypes = IsPlain(value) && !HasOwnFormatter(type, mimeType: null) ? [] : [.. Formatter.GetPreferredMimeTypesFor(type)];

        var data = mimeTypes.ToDictionary(mimeType => mimeType, mimeType => value.ToDisplayString(mimeType), StringComparer.Ordinal);
        if (!data.ContainsKey(MimeBundle.PlainTextType) && PlainText(value, type) is { } text)
            data[MimeBundle.PlainTextType] = text;
        return new MimeBundle(data);
    }

    /// <summary>Text that already is what the mime type says.</summary>
    public static MimeBundle Raw(string text, string mimeType) => new([KeyValuePair.Create(mimeType, text)]);

    // Html around a number would cost 600 bytes of styles and say nothing more
    private static bool IsPlain(object? value) => value is null or IConvertible or Guid or TimeSpan or DateTimeOffset or DateOnly
        or TimeOnly or Half or BigInteger or Complex or Type or Version;

    private static bool HasOwnFormatter(Type type, string? mimeType)
        => Formatter.RegisteredFormatters(includeDefaults: false).Any(formatter
            => formatter.Type.IsAssignableFrom(type) && (mimeType is null || formatter.MimeType == mimeType));

    // A class names its formatters by an attribute; they are not among the registered ones
    private static bool BringsPlainText(Type type)
        => Formatter.GetPreferredFormatterFor(type, MimeBundle.PlainTextType).GetType() is var formatter
            && !(formatter.IsGenericType && formatter.GetGenericTypeDefinition() == typeof(PlainTextFormatter<>));

    // Null where the bundle's own twin, made of what is shown, says more than the object would
    private static string? PlainText(object? value, Type type)
    {
        if (value is Microsoft.AspNetCore.Html.IHtmlContent)
            return null;
        if (!IsPlain(value) && value is not IEnumerable && SaysWhatItIs(type) && !HasOwnFormatter(type, MimeBundle.PlainTextType)
            && !BringsPlainText(type))
            return value!.ToString() ?? "";
        return value.ToDisplayString(MimeBundle.PlainTextType);
    }

    // The default text formatter walks all properties, which on a tensor or a network computes and never ends
    private static bool SaysWhatItIs(Type type)
        => type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes)?.DeclaringType is { } declaring
            && declaring != typeof(object) && declaring != typeof(ValueType);
}
