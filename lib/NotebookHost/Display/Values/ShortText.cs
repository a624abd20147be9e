using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace NotebookHost.Display.Values;

/// <summary>Writes any value on one line, up to a small depth: the method always terminates, and exceptions of the value's code become part of the text.</summary>
internal static class ShortText
{
    private const int MaxCharacters = 300;
    private const int MaxItems = 20;
    private const int MaxDepth = 4;

    /// <summary>Returns a text of at most 300 characters for a value.</summary>
    public static string Of(object? value)
    {
        var text = Whole(value, MaxDepth - 2).Trim().Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return text.Length > MaxCharacters ? string.Concat(text.AsSpan(0, MaxCharacters), "...") : text;
    }

    /// <summary>Returns the text of a record, tuple or pair, like its <c>ToString</c>, truncated where an object contains itself.</summary>
    public static string OfParts(object value) => Whole(value, MaxDepth, []);

    /// <summary>Returns whether a type is the type of a dictionary's pairs.</summary>
    public static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    /// <summary>Returns the type and the message of an exception in one line, without exceptions that reflection adds.</summary>
    public static string OfError(Exception error)
    {
        var cause = Errors.Unwrap(error);
        return $"{cause.GetType().Name}: {Errors.Message(cause).ReplaceLineEndings(" ")}";
    }

    private static string Whole(object? value, int depth) => Whole(value, depth, []);

    private static string Whole(object? value, int depth, List<object> path)
    {
        if (ScalarText.IsScalar(value))
            return ScalarText.Of(value);
        var type = value!.GetType();
        if (JsonText.OneLine(value) is { } json)
            return json;
        if (PlotlyCharts.IsChart(value))
            return PlotlyCharts.ShortSummary;
        if (Records.HasGeneratedText(type))
            return Record(value, depth, path);
        if (value is ITuple tuple)
            return depth < 0 ? "(…)" : $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Whole(tuple[i], depth - 1, path)))})";
        if (IsPair(type))
            return depth < 0 ? "[…]" : $"[{Part(nameof(KeyValuePair<,>.Key))}, {Part(nameof(KeyValuePair<,>.Value))}]";
        if (value is IEnumerable sequence)
            return Sequence(sequence, type, depth, path);
        if (!Records.HasOwnText(type))
            return CSharpNames.Of(type);
        try
        {
            return value.ToString() ?? CSharpNames.Of(type);
        }
#pragma warning disable CA1031 // a ToString method of the notebook may throw any exception
        catch (Exception error) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            return $"{CSharpNames.Of(type)} (ToString: {OfError(error)})";
        }

        string Part(string name) => Whole(type.GetProperty(name)!.GetValue(value), depth - 1, path);
    }

    private static string Record(object record, int depth, List<object> path)
    {
        var type = record.GetType();
        var name = CSharpNames.IsAnonymous(type) ? "" : CSharpNames.Of(type) + " ";
        if (depth < 0 || path.Exists(outer => ReferenceEquals(outer, record)))
            return name + "{ … }";
        path.Add(record);
        var members = Records.Members(type).Select(member => $"{member.Name} = {Member(member.Read, record, depth - 1, path)}").ToList();
        path.RemoveAt(path.Count - 1);
        return members.Count == 0 ? name + "{ }" : $"{name}{{ {string.Join(", ", members)} }}";
    }

    private static string Member(Func<object, object?> read, object record, int depth, List<object> path)
    {
        try
        {
            var value = read(record);
            // the text of a record is empty for null
            return value is null ? "" : Whole(value, depth, path);
        }
#pragma warning disable CA1031 // a property of the notebook may throw any exception
        catch (Exception error) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            return OfError(error);
        }
    }

    // a computed sequence is not enumerated, because this may be slow or have side effects
    private static string Sequence(IEnumerable sequence, Type type, int depth, List<object> path)
    {
        if (sequence is not ICollection items)
            return CSharpNames.Of(Sequences.NamedType(type));
        if (depth < 0 || sequence is Array { Rank: > 1 } || path.Exists(outer => ReferenceEquals(outer, sequence)))
            return sequence is Array array ? Dimensions(array) : $"{CSharpNames.Of(type)} ({items.Count})";
        path.Add(sequence);
        try
        {
            var text = new StringBuilder("[ ");
            text.AppendJoin(", ", items.Cast<object?>().Take(MaxItems).Select(item => Whole(item, depth - 1, path)));
            if (items.Count > MaxItems)
                text.Append(" ... (").Append(items.Count - MaxItems).Append(" more)");
            return text.Append(" ]").ToString();
        }
#pragma warning disable CA1031 // a collection of the notebook may throw any exception
        catch (Exception error) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            return $"{CSharpNames.Of(type)} ({OfError(error)})";
        }
        finally
        {
            path.RemoveAt(path.Count - 1);
        }
    }

    private static string Dimensions(Array array)
        => $"{CSharpNames.Of(array.GetType().GetElementType()!)}[{string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength))}]";
}
