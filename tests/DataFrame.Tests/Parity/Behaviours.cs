using System.Globalization;
using Microsoft.Data.Analysis;

namespace DataFrameTests.Parity;

/// <summary>
/// Calls whose results are the same here and in Microsoft.Data.Analysis; tests/upstream.sh wrote those of the latter down. Left out is where it
/// takes nulls for zeros (means, minima and maxima of groups, means of descriptions) and where a group's product is always zero.
/// </summary>
internal static class Behaviours
{
    public static IReadOnlyDictionary<string, Func<object?>> All { get; } = new Dictionary<string, Func<object?>>
    {
        ["sum of ints"] = () => Ints(1, 2, 3) + Ints(10, 20, 30),
        ["sum with a null"] = () => Ints(1, null, 3) + Ints(10, 20, null),
        ["difference of floats"] = () => Floats(1.5f, 2) - Floats(0.5f, 3),
        ["product of an int and a float column"] = () => Ints(1, 2) * (DataFrameColumn)Floats(0.5f, 0.25f),
        ["sum of an int and a long column"] = () => Ints(1, 2) + (DataFrameColumn)new Int64DataFrameColumn("b", [5L, 6L]),
        ["sum with a decimal column"] = () => Ints(1, 2) + (DataFrameColumn)new DecimalDataFrameColumn("b", [0.5m, 1.5m]),
        ["quotient of ints"] = () => Ints(7, -7, 6) / Ints(2, 2, 3),
        ["remainder of ints"] = () => Ints(7, -7, 6) % Ints(2, 2, 4),
        ["remainder of doubles"] = () => Doubles(7.5, -7.5) % Doubles(2, 2),
        ["ints beyond their range"] = () => Ints(int.MaxValue) + Ints(1),
        ["doubles divided by zero"] = () => Doubles(1, -1, 0) / Doubles(0, 0, 0),
        ["int column and int"] = () => (DataFrameColumn)Ints(1, null, 3) + 2,
        ["int column and double"] = () => (DataFrameColumn)Ints(1, null, 3) * 0.5,
        ["int column and float"] = () => (DataFrameColumn)Ints(1, 2) / 2f,
        ["int less a column"] = () => 10 - (DataFrameColumn)Ints(1, 2),
        ["double by a column"] = () => 1.0 / (DataFrameColumn)Doubles(2, 4),
        ["in place"] = () => Changed(Doubles(1, 2), column => column.Multiply(3.0, inPlace: true)),
        ["not in place"] = () => Changed(Doubles(1, 2), column => column.Multiply(3.0)),
        ["reverse subtract"] = () => Ints(1, 2).ReverseSubtract(10),
        ["text joined to text"] = () => Strings("a", "b").Add((DataFrameColumn)Strings("x", "y")),
        ["text joined to one text"] = () => Strings("a", "b").Add("!"),
        ["name of a result"] = () => (Ints(1) + (DataFrameColumn)new Int32DataFrameColumn("other", [2])).Name,
        ["frame and number"] = () => new DataFrame(Doubles(1, 2)) * 2.0,
        ["frame and numbers"] = () => Table().DropNulls().Columns.GetDoubleColumn("score").Add(1.0),
        ["and of truth values"] = () => new BooleanDataFrameColumn("b", [true, true, false]).And(new BooleanDataFrameColumn("c", [true, false, false])),
        ["or of a truth value"] = () => new BooleanDataFrameColumn("b", [true, false]).Or(true),
        ["exclusive or"] = () => new BooleanDataFrameColumn("b", [true, true, false]).Xor(new BooleanDataFrameColumn("c", [true, false, false])),
        ["absolute values"] = () => Ints(-1, 2, -3).Abs(),
        ["rounded"] = () => Doubles(0.5, 1.5, -2.5, 2.4).Round(),
        ["cumulative sum"] = () => Ints(1, 2, 3).CumulativeSum(),
        ["cumulative product"] = () => Doubles(1, 2, 3).CumulativeProduct(),
        ["cumulative maximum"] = () => Ints(2, 1, 3).CumulativeMax(),
        ["cumulative minimum"] = () => Ints(2, 1, 3).CumulativeMin(),
        ["cumulative sum over a null"] = () => Ints(1, null, 3).CumulativeSum(),
        ["product"] = () => Ints(2, 3, 4).Product(),
        ["median of an odd number"] = () => Doubles(3, 1, 2).Median(),
        ["median of an even number"] = () => Ints(4, 1, 2, 3).Median(),
        ["mean with nulls"] = () => Ints(1, null, 3).Mean(),
        ["sum of some rows"] = () => Ints(1, 2, 3, 4).Sum([0L, 3L]),
        ["maximum of some rows"] = () => Ints(1, 2, 3, 4).Max([0L, 1L]),
        ["clamped"] = () => Ints(1, 5, 9).Clamp(2, 6),
        ["clamped by strings"] = () => ((DataFrameColumn)Ints(1, 5, 9)).Clamp("2", "6"),
        ["filtered by a range"] = () => Ints(1, 5, null, 9).Filter(2, 9),
        ["counts of values"] = () => Strings("b", "a", null, "b").ValueCounts(),
        ["counts of numbers"] = () => Ints(3, 1, 3).ValueCounts(),
        ["nulls filled"] = () => Ints(1, null).FillNulls(7),
        ["nulls filled with a converted value"] = () => ((DataFrameColumn)Doubles(1, null)).FillNulls(7),
        ["nulls of text filled"] = () => Strings("a", null).FillNulls("?"),
        ["nulls dropped"] = () => Doubles(1, null, 3).DropNulls(),
        ["rows with a null dropped"] = () => Table().DropNulls(),
        ["rows of nulls dropped"] = () => new DataFrame(Ints(1, null, null), Strings("x", "y", null)).DropNulls(DropNullOptions.All),
        ["applied"] = () => Ints(1, null, 3).Apply(value => value * 2),
        ["applied to text"] = () => Strings("a", null).Apply(value => value + value),
        ["applied to another type"] = () => Ints(1, null).Apply<double>(value => value / 2.0),
        ["grouped count"] = () => Table().GroupBy("kind").Count(),
        ["grouped count of a column"] = () => Table().GroupBy("kind").Count("score"),
        ["grouped first"] = () => Table().GroupBy("kind").First(),
        ["grouped sum"] = () => Table().GroupBy("kind").Sum("at"),
        ["grouped mean"] = () => Table().GroupBy("kind").Mean("at"),
        ["grouped minimum and maximum"] = () => (Table().GroupBy("kind").Min("at"), Table().GroupBy("kind").Max("at")),
        ["grouped head"] = () => Table().GroupBy("kind").Head(1),
        ["grouped tail"] = () => Table().GroupBy("kind").Tail(1),
        ["grouped by number"] = () => Table().GroupBy("at").Count("kind"),
        ["groups"] = () => string.Join(";", Table().GroupBy<string>("kind").Groupings.Select(group => $"{group.Key}:{group.Count()}")),
        ["described"] = () => new DataFrame(Ints(1, 2, 6), Strings("a", "b", "c")).Description(),
        ["joined by row"] = () => Table().Join(new DataFrame(Ints(1, 2))),
        ["joined by row to more"] = () => new DataFrame(Ints(1, 2)).Join(new DataFrame(Ints(7, 8, 9)), joinAlgorithm: JoinAlgorithm.Right),
        ["joined by row, all"] = () => new DataFrame(Ints(1, 2)).Join(new DataFrame(Strings("x")), joinAlgorithm: JoinAlgorithm.FullOuter),
        ["joined by row, common"] = () => new DataFrame(Ints(1, 2)).Join(new DataFrame(Strings("x")), joinAlgorithm: JoinAlgorithm.Inner),
        ["merged, left"] = () => Left().Merge<int>(Right(), "key", "key"),
        ["merged, right"] = () => Left().Merge<int>(Right(), "key", "key", joinAlgorithm: JoinAlgorithm.Right),
        ["merged, inner"] = () => Left().Merge<int>(Right(), "key", "key", joinAlgorithm: JoinAlgorithm.Inner),
        ["merged, all"] = () => Left().Merge<int>(Right(), "key", "key", "_l", "_r", JoinAlgorithm.FullOuter),
        ["merged by two columns"] = () => Left().Merge(Left(), ["key", "left"], ["key", "left"]),
        ["clamped frame"] = () => new DataFrame(Ints(1, 9), Strings("a", "b")).Clamp(2, 5),
        ["prefixed"] = () => Table().AddPrefix("p_").Columns[1].Name,
        ["suffixed"] = () => Table().AddSuffix("_s").Columns[1].Name,
        ["rows by number"] = () => Table()[[2, 0]],
        ["rows by truth"] = () => Table()[(IEnumerable<bool>)[true, false, false, true]],
        ["sample of all"] = () => Table().Sample(4).Rows.Count,
        ["loaded from rows"] = () => DataFrame.LoadFrom([[1, "x"], [null!, "y"]], [("n", typeof(int)), ("t", typeof(string))]),
        ["appended"] = () => Table().Append(["c", 9, 1.5]),
        ["addition in place to another type"] = () => Ints(1).Add((DataFrameColumn)Doubles(1), inPlace: true),
        ["different lengths"] = () => Ints(1) + Ints(1, 2),
        ["ints divided by zero"] = () => Ints(1) / Ints(0),
        ["grouped by no column"] = () => Table().GroupBy("none"),
        ["grouped by another type"] = () => Table().GroupBy<int>("kind"),
        ["merged by unlike types"] = () => Left().Merge<int>(Table(), "key", "kind"),
        ["sample of too many"] = () => Table().Sample(5),
    };

    /// <summary>A result as text, or the type of what was thrown.</summary>
    public static string Observe(Func<object?> run)
    {
        try
        {
            return Text(run());
        }
        catch (Exception e)
        {
            return $"throws {e.GetType().Name}";
        }
    }

    private static DataFrame Table() => new(
        Strings("b", "a", "b", null),
        new Int32DataFrameColumn("at", [1, 2, 3, 4]),
        new DoubleDataFrameColumn("score", new double?[] { 0.5, null, 0.25, 1 }));

    private static DataFrame Left() => new(
        new Int32DataFrameColumn("key", [1, 2, 2, 4]), new StringDataFrameColumn("left", ["a", "b", "c", "d"]));

    private static DataFrame Right() => new(new Int32DataFrameColumn("key", [2, 4, 5]), new StringDataFrameColumn("right", ["x", "y", "z"]));

    private static Int32DataFrameColumn Ints(params int?[] values) => new("n", values);

    private static SingleDataFrameColumn Floats(params float?[] values) => new("f", values);

    private static DoubleDataFrameColumn Doubles(params double?[] values) => new("d", values);

    private static StringDataFrameColumn Strings(params string?[] values) => new("kind", values);

    private static DataFrameColumn Changed(DataFrameColumn column, Action<DataFrameColumn> change)
    {
        change(column);
        return column;
    }

    private static string Text(object? result) => result switch
    {
        DataFrame frame => string.Join(" | ", frame.Columns.Select(Text)),
        DataFrameColumn column => $"{column.Name} {column.DataType.Name} [{string.Join(", ", column.Cast<object?>().Select(Text))}]",
        System.Runtime.CompilerServices.ITuple pair => $"{Text(pair[0])} & {Text(pair[1])}",
        null => "null",
        _ => string.Create(CultureInfo.InvariantCulture, $"{result}"),
    };
}
