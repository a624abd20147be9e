using System.Globalization;
using DeepLearning.Display;
using DeepLearning.Tables;
using Microsoft.Data.Analysis;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>A table of numbers as tensors: what goes into a network, and what should come out, row by row.</summary>
/// <remarks>Mirrors MyData of tutorial 001. Rows are single samples; a network is trained on <see cref="Batches"/>.</remarks>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed class TableData
{
    /// <param name="name">What the table is called.</param>
    /// <param name="x">The inputs, [N, inputs]; from now on the table's.</param>
    /// <param name="y">The targets, [N, targets]; from now on the table's.</param>
    /// <param name="inputNames">What the columns of <paramref name="x"/> are called.</param>
    /// <param name="targetNames">What the columns of <paramref name="y"/> are called.</param>
    /// <exception cref="ArgumentException">The tensors are no two tables of as many rows, or columns and names do not fit.</exception>
    public TableData(string name, Tensor x, Tensor y, IReadOnlyList<string> inputNames, IReadOnlyList<string> targetNames)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(inputNames);
        ArgumentNullException.ThrowIfNull(targetNames);
        if (x.ndim != 2 || y.ndim != 2 || x.shape[0] != y.shape[0])
        {
            throw new ArgumentException(
                $"Inputs and targets are [rows, columns] with as many rows; these are [{string.Join(", ", x.shape)}] and "
                + $"[{string.Join(", ", y.shape)}].", nameof(y));
        }
        if (x.shape[1] != inputNames.Count || y.shape[1] != targetNames.Count)
            throw new ArgumentException($"{x.shape[1]} inputs and {y.shape[1]} targets have {inputNames.Count} and {targetNames.Count} names.");
        (Name, InputNames, TargetNames) = (name, inputNames, targetNames);
        (X, Y) = (x.DetachFromDisposeScope(), y.DetachFromDisposeScope());
    }

    /// <summary>What the table is called.</summary>
    public string Name { get; }

    /// <summary>The inputs, Float32 [N, inputs].</summary>
    public Tensor X { get; }

    /// <summary>The targets, Float32 [N, targets].</summary>
    public Tensor Y { get; }

    /// <summary>What the columns of <see cref="X"/> are called.</summary>
    public IReadOnlyList<string> InputNames { get; }

    /// <summary>What the columns of <see cref="Y"/> are called.</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => (int)X.shape[0];

    /// <summary>One row: its inputs [inputs] and its targets [targets].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no row of that index.</exception>
    public (Tensor X, Tensor Y) this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return (X[index], Y[index]);
        }
    }

    /// <summary>Some rows: inputs [rows, inputs] and targets [rows, targets].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many rows.</exception>
    public (Tensor X, Tensor Y) this[Range rows]
    {
        get
        {
            var (start, end) = (rows.Start.GetOffset(Count), rows.End.GetOffset(Count));
            if (start < 0 || end < start || end > Count)
                throw new ArgumentOutOfRangeException(nameof(rows), rows, $"{Name} has {Count:N0} rows, from 0.");
            return (X.narrow(0, start, end - start), Y.narrow(0, start, end - start));
        }
    }

    /// <summary>Reads a csv file of numbers.</summary>
    /// <param name="path">The file; its first line holds the names of the columns.</param>
    /// <param name="targets">The columns that should come out of a network; the last one unless told.</param>
    /// <param name="indexColumn">A column that only numbers the rows, from 0, as pandas' index_col; none unless told.</param>
    /// <exception cref="FormatException">The file has a bad row, a field that is no number or an empty one; the message says where.</exception>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static TableData Load(string path, IReadOnlyList<string>? targets = null, int? indexColumn = null)
    {
        var frame = Csv.Load(path);
        if (indexColumn is { } index)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indexColumn));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, frame.Columns.Count, nameof(indexColumn));
            frame = new DataFrame(frame.Columns.Where((_, i) => i != index));
        }
        return Of(frame, targets, Path.GetFileName(path));
    }

    /// <summary>Takes the numbers of a frame.</summary>
    /// <param name="frame">Columns of numbers or truth values (true is 1), without missing values.</param>
    /// <param name="targets">The columns that should come out of a network; the last one unless told.</param>
    /// <param name="name">What the table is called.</param>
    /// <exception cref="FormatException">A value is missing or no number; the message says where.</exception>
    /// <exception cref="ArgumentException">There is no such column, or no input is left.</exception>
    public static TableData Of(DataFrame frame, IReadOnlyList<string>? targets = null, string name = "table")
    {
        ArgumentNullException.ThrowIfNull(frame);
        List<string> names = [.. frame.Columns.Select(column => column.Name)];
        targets ??= [.. names.TakeLast(1)];
        if (targets.FirstOrDefault(target => !names.Contains(target)) is { } unknown)
            throw new ArgumentException($"There is no column '{unknown}'; there are {string.Join(", ", names)}.", nameof(targets));
        List<string> inputs = [.. names.Except(targets)];
        if (inputs.Count == 0 || targets.Count == 0)
            throw new ArgumentException($"A table needs an input and a target; its columns are {string.Join(", ", names)}.", nameof(targets));
        return new TableData(name, Tensor(frame, inputs), Tensor(frame, targets), inputs, targets);
    }

    /// <summary>Splits the rows at random into parts of their own, which do not overlap.</summary>
    /// <param name="fractions">Each part's share; together 1.</param>
    /// <param name="seed">The same seed gives the same parts: PyTorch's random_split's, where not stratified.</param>
    /// <param name="stratified">Whether each class comes in all parts in the same proportion.</param>
    /// <exception cref="ArgumentException">The fractions do not add up to 1.</exception>
    /// <exception cref="InvalidOperationException">The targets are not classes, and so cannot be stratified.</exception>
    public Parts<TableData> Split(IReadOnlyList<double> fractions, long seed = 0, bool stratified = false) =>
        Split(Splitting.Lengths(Count, fractions), seed, stratified);

    /// <inheritdoc cref="Split(IReadOnlyList{double}, long, bool)"/>
    /// <param name="lengths">How many rows each part gets; together all.</param>
    /// <param name="seed">The same seed gives the same parts: PyTorch's random_split's, where not stratified.</param>
    /// <param name="stratified">Whether each class comes in all parts in the same proportion.</param>
    public Parts<TableData> Split(IReadOnlyList<long> lengths, long seed = 0, bool stratified = false) => new(
        (stratified ? Splitting.Stratified(Classes(), lengths, seed) : Splitting.AtRandom(Count, lengths, seed)).Select(Rows));

    /// <summary>The rows in batches.</summary>
    /// <param name="batchSize">Rows a batch; all at once unless told: batch gradient descent.</param>
    /// <param name="shuffle">Whether each epoch has its own random order.</param>
    public TensorBatches Batches(int? batchSize = null, bool shuffle = false) => new(X, Y, batchSize, shuffle);

    /// <summary>The rows for torch.utils.data: sample i is the list of its inputs and its targets.</summary>
    public TorchSharp.Modules.TensorDataset ToDataset() => utils.data.TensorDataset(X, Y);

    /// <summary>The table on a device.</summary>
    public TableData To(Device device) => new(Name, X.to(device), Y.to(device), InputNames, TargetNames);

    /// <summary>The table as a frame, inputs before targets.</summary>
    public DataFrame Table() => new(Columns(X, InputNames).Concat(Columns(Y, TargetNames)));

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}: {Count:N0} rows, inputs {string.Join(", ", InputNames)}, target {string.Join(", ", TargetNames)}";

    private TableData Rows(long[] rows)
    {
        using var chosen = tensor(rows, device: X.device);
        return new TableData(Name, X.index_select(0, chosen), Y.index_select(0, chosen), InputNames, TargetNames);
    }

    private long[] Classes()
    {
        using var scope = NewDisposeScope();
        var classes = Y.shape[1] > 1 ? Y.argmax(1) : Y.squeeze(1).to(ScalarType.Int64);
        if (Y.shape[1] == 1 && !classes.to(Y.dtype).allclose(Y.squeeze(1), 0, 0))
            throw new InvalidOperationException($"{TargetNames[0]} has values that are no class (0, 1, …): split without stratified.");
        return classes.cpu().data<long>().ToArray();
    }

    private static Tensor Tensor(DataFrame frame, IReadOnlyList<string> names)
    {
        var values = new float[frame.Rows.Count, names.Count];
        for (var column = 0; column < names.Count; column++)
        {
            for (var row = 0; row < frame.Rows.Count; row++)
                values[row, column] = Number(frame[names[column]], row);
        }
        return tensor(values);
    }

    private static float Number(DataFrameColumn column, long row) => column[row] switch
    {
        null or "" => throw new FormatException($"Row {row} (from 0) has no value in column '{column.Name}': fill it in or leave the row out."),
        // one stray text makes a column of texts, in which the numbers are still numbers
        string text when float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        string text => throw new FormatException($"Row {row} (from 0), column '{column.Name}': '{text}' is no number."),
        DateTime => throw new FormatException($"Column '{column.Name}' holds dates: make numbers of them first."),
        var value => Convert.ToSingle(value, CultureInfo.InvariantCulture),
    };

    private static IEnumerable<DataFrameColumn> Columns(Tensor values, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            using var column = values.select(1, i);
            using var plain = column.to(ScalarType.Float32, CPU);
            using var packed = plain.contiguous();
            yield return new SingleDataFrameColumn(names[i], packed.data<float>().ToArray().Select(value => (float?)value));
        }
    }
}
