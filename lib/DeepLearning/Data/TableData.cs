using DeepLearning.Display;
using DeepLearning.Tables;
using Microsoft.Data.Analysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>A table of numbers as tensors: the inputs of a model and its targets. Each row is a sample.</summary>
/// <remarks>Like MyData of tutorial 001. Train a model on <see cref="Batches"/>.</remarks>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed class TableData
{
    /// <summary>Initializes a new instance from tensors.</summary>
    /// <param name="name">The name of the table.</param>
    /// <param name="x">The inputs, [N, inputs]; the table takes ownership.</param>
    /// <param name="y">The targets, [N, targets]; the table takes ownership.</param>
    /// <param name="inputNames">The names of the columns of <paramref name="x"/>.</param>
    /// <param name="targetNames">The names of the columns of <paramref name="y"/>.</param>
    /// <exception cref="ArgumentException">The tensors are not two tables with the same number of rows, or the number of names is wrong.</exception>
    public TableData(string name, Tensor x, Tensor y, IReadOnlyList<string> inputNames, IReadOnlyList<string> targetNames)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(inputNames);
        ArgumentNullException.ThrowIfNull(targetNames);
        if (x.ndim != 2 || y.ndim != 2 || x.shape[0] != y.shape[0])
        {
            throw new ArgumentException(
                $"Inputs and targets must be [rows, columns] with the same number of rows, but these are [{string.Join(", ", x.shape)}] and "
                + $"[{string.Join(", ", y.shape)}].", nameof(y));
        }
        if (x.shape[1] != inputNames.Count || y.shape[1] != targetNames.Count)
            throw new ArgumentException($"There are {x.shape[1]} inputs with {inputNames.Count} names and {y.shape[1]} targets with "
                + $"{targetNames.Count} names.");
        (Name, InputNames, TargetNames) = (name, inputNames, targetNames);
        (X, Y) = (x.DetachFromDisposeScope(), y.DetachFromDisposeScope());
    }

    /// <summary>Gets the name of the table.</summary>
    public string Name { get; }

    /// <summary>Gets the inputs, Float32 [N, inputs].</summary>
    public Tensor X { get; }

    /// <summary>Gets the targets, Float32 [N, targets].</summary>
    public Tensor Y { get; }

    /// <summary>Gets the names of the columns of <see cref="X"/>.</summary>
    public IReadOnlyList<string> InputNames { get; }

    /// <summary>Gets the names of the columns of <see cref="Y"/>.</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>Gets the categories of each text column, in the order of their numbers; see <see cref="TableOptions.KnownCategories"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Categories { get; private init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Gets the number of rows.</summary>
    public int Count => (int)X.shape[0];

    /// <summary>Gets a row: its inputs [inputs] and its targets [targets].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is out of range.</exception>
    /// <param name="index">The index of the row, from 0.</param>
    public (Tensor X, Tensor Y) this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return (X[index], Y[index]);
        }
    }

    /// <summary>Gets a range of rows: inputs [rows, inputs] and targets [rows, targets].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is outside of the table.</exception>
    /// <param name="rows">The range of indices.</param>
    public (Tensor X, Tensor Y) this[Range rows]
    {
        get
        {
            var (start, end) = (rows.Start.GetOffset(Count), rows.End.GetOffset(Count));
            if (start < 0 || end < start || end > Count)
                throw new ArgumentOutOfRangeException(nameof(rows), rows, FormattableString.Invariant($"{Name} has {Count:N0} rows; indices start at 0."));
            return (X.narrow(0, start, end - start), Y.narrow(0, start, end - start));
        }
    }

    /// <summary>Reads a CSV file of numbers.</summary>
    /// <param name="path">The path of the file; its first line has the names of the columns.</param>
    /// <param name="targets">The columns that a model predicts; the last column by default.</param>
    /// <param name="indexColumn">The index, from 0, of a column with row numbers to ignore, like pandas' index_col; none by default.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FormatException">
    /// The file has an invalid row, or a field that is empty or not a number; the message names the position.
    /// </exception>
    /// <exception cref="ArgumentException">A column does not exist.</exception>
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

    /// <summary>Reads a CSV file with another separator, missing values or text columns.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">The format of the file and the conversion of its values to numbers.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FormatException">The file has an invalid row, or a field that is not a number; the message names the position.</exception>
    /// <exception cref="ArgumentException">A column does not exist.</exception>
    public static TableData Load(string path, TableOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Of(Csv.Load(path, options.Csv), options, Path.GetFileName(path));
    }

    /// <summary>Creates a table from a data frame of numbers.</summary>
    /// <param name="frame">The data frame, with columns of numbers or Booleans (true is 1) and without missing values.</param>
    /// <param name="targets">The columns that a model predicts; the last column by default.</param>
    /// <param name="name">The name of the table.</param>
    /// <exception cref="FormatException">A value is missing or not a number; the message names the position.</exception>
    /// <exception cref="ArgumentException">A column does not exist or is given twice, or no input column remains.</exception>
    public static TableData Of(DataFrame frame, IReadOnlyList<string>? targets = null, string name = "table") =>
        Of(frame, new TableOptions { Targets = targets, MissingTexts = [] }, name);

    /// <summary>Creates a table from a data frame.</summary>
    /// <param name="frame">The data frame, with columns of numbers, Booleans (true is 1) or texts.</param>
    /// <param name="options">The conversion of values to numbers. The format of CSV files is ignored.</param>
    /// <param name="name">The name of the table.</param>
    /// <inheritdoc cref="Of(DataFrame, IReadOnlyList{string}?, string)" path="/exception"/>
    public static TableData Of(DataFrame frame, TableOptions options, string name = "table")
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        List<string> names = [.. frame.Columns.Select(column => column.Name)];
        List<string> chosen = [.. options.Targets ?? [], .. options.Ignore];
        for (var i = 0; i < chosen.Count; i++)
        {
            var wanted = chosen[i];
            if (chosen.IndexOf(wanted) < i)
                throw new ArgumentException($"The column '{wanted}' is twice in {nameof(TableOptions.Targets)} and {nameof(TableOptions.Ignore)}.", nameof(options));
            if (!names.Contains(wanted))
                throw new ArgumentException($"There is no column '{wanted}'; the columns are {string.Join(", ", names)}.", nameof(options));
        }
        if (options.KnownCategories.Keys.FirstOrDefault(column => !names.Contains(column)) is { } unknown)
            throw new ArgumentException($"{nameof(TableOptions.KnownCategories)} has the column '{unknown}', which the table lacks; the columns are {string.Join(", ", names)}.", nameof(options));
        List<string> kept = [.. names.Except(options.Ignore)];
        var targets = options.Targets ?? [.. kept.TakeLast(1)];
        List<string> inputs = [.. kept.Except(targets)];
        if (inputs.Count == 0 || targets.Count == 0)
        {
            var advice = names is [var only] && only.AsSpan().IndexOfAny(';', '\t', '|') is >= 0 and var place
                ? $" Is '{(only[place] == '\t' ? "\\t" : only[place])}' the separator? Set {nameof(TableOptions)}.{nameof(TableOptions.Csv)} to new {nameof(CsvOptions)} {{ {nameof(CsvOptions.Separator)} = … }}."
                : "";
            throw new ArgumentException($"A table needs an input and a target, but its columns are {string.Join(", ", names)}.{advice}", nameof(options));
        }
        var encoder = new TableEncoder(frame, options);
        var rows = encoder.Rows(inputs.Concat(targets));
        (string Name, float[] Values)[] x = [.. inputs.SelectMany(column => encoder.Columns(column, rows, isTarget: false))];
        (string Name, float[] Values)[] y = [.. targets.SelectMany(column => encoder.Columns(column, rows, isTarget: true))];
        return new TableData(name, Tensor(x, rows.Length), Tensor(y, rows.Length), [.. x.Select(column => column.Name)], [.. y.Select(column => column.Name)])
        {
            Categories = encoder.Categories,
        };
    }

    /// <summary>Splits the rows randomly into disjoint tables.</summary>
    /// <param name="fractions">The fraction of each part, with the sum 1.</param>
    /// <param name="seed">
    /// The seed of the random order. The same seed gives the same parts; without stratification, they equal those of PyTorch's random_split.
    /// </param>
    /// <param name="stratified">Whether each class has the same proportion in every part.</param>
    /// <exception cref="ArgumentException">The fractions do not add up to 1.</exception>
    /// <exception cref="InvalidOperationException">The targets are not classes and cannot be stratified.</exception>
    public Parts<TableData> Split(IReadOnlyList<double> fractions, long seed = 0, bool stratified = false) =>
        Split(Splitting.Lengths(Count, fractions), seed, stratified);

    /// <inheritdoc cref="Split(IReadOnlyList{double}, long, bool)"/>
    /// <param name="lengths">The number of rows of each part, with the sum <see cref="Count"/>.</param>
    /// <param name="seed">
    /// The seed of the random order. The same seed gives the same parts; without stratification, they equal those of PyTorch's random_split.
    /// </param>
    /// <param name="stratified">Whether each class has the same proportion in every part.</param>
    public Parts<TableData> Split(IReadOnlyList<long> lengths, long seed = 0, bool stratified = false) => new(
        (stratified ? Splitting.Stratified(Classes(), lengths, seed) : Splitting.AtRandom(Count, lengths, seed)).Select(Rows));

    /// <summary>
    /// Returns the training and validation rows of each fold of a cross-validation: <c>foreach (var (train, validation) in table.KFold(7))</c>. Each
    /// row is in the validation rows of exactly one fold.
    /// </summary>
    /// <param name="folds">The number of folds, at least 2.</param>
    /// <param name="seed">The seed of the random order; null keeps the order, as scikit-learn's cross_val_score does.</param>
    /// <param name="stratified">Whether each class has the same proportion in every fold.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of folds is less than 2 or greater than the number of rows.</exception>
    /// <exception cref="InvalidOperationException">The targets are not classes and cannot be stratified.</exception>
    public IEnumerable<Fold<TableData>> KFold(int folds, long? seed = null, bool stratified = false)
    {
        var parts = Splitting.Folds(Count, folds, seed, stratified ? Classes() : null);
        return parts.Select(part => new Fold<TableData>(Rows(part.Train), Rows(part.Validation)));
    }

    /// <summary>Returns the rows in batches.</summary>
    /// <param name="batchSize">The number of rows of a batch; by default all rows (batch gradient descent).</param>
    /// <param name="shuffle">Whether each epoch has a new random order.</param>
    /// <param name="dropLast">Whether a smaller last batch is dropped.</param>
    /// <param name="sampler">The order of the rows, instead of <paramref name="shuffle"/>.</param>
    /// <param name="classes">
    /// Whether the targets of the batches are the <see cref="Classes"/>, Int64 [rows], for cross-entropy and accuracy; if false, they are those of
    /// <see cref="Y"/>.
    /// </param>
    /// <exception cref="InvalidOperationException">The targets are not classes.</exception>
    public TensorBatches Batches(int? batchSize = null, bool shuffle = false, bool dropLast = false, Sampler? sampler = null, bool classes = false) =>
        new(X, classes ? tensor(Classes(), device: X.device).DetachFromDisposeScope() : Y, batchSize, shuffle, dropLast, sampler);

    /// <summary>Returns the rows as a data set of torch.utils.data: sample i is a list of its inputs and its targets.</summary>
    public TensorDataset ToDataset() => utils.data.TensorDataset(X, Y);

    /// <summary>Returns the table on a device.</summary>
    /// <param name="device">The device.</param>
    public TableData To(Device device) => new(Name, X.to(device), Y.to(device), InputNames, TargetNames) { Categories = Categories };

    /// <summary>Returns the table with other inputs.</summary>
    /// <param name="x">The inputs, with the same columns; the new table owns them.</param>
    /// <param name="y">The targets, with the same columns; those of this table by default.</param>
    public TableData With(Tensor x, Tensor? y = null) => new(Name, x, y ?? Y.alias(), InputNames, TargetNames) { Categories = Categories };

    /// <summary>Returns the table as a data frame, inputs before targets.</summary>
    public DataFrame Table() => new(Columns(X, InputNames).Concat(Columns(Y, TargetNames)));

    /// <summary>Returns the class of each row: the target, or the index of the largest of several targets (one-hot).</summary>
    /// <exception cref="InvalidOperationException">The targets are not classes.</exception>
    public long[] Classes()
    {
        using var scope = NewDisposeScope();
        var classes = Y.shape[1] > 1 ? Y.argmax(1) : Y.squeeze(1).to(ScalarType.Int64);
        if (Y.shape[1] == 1 && !classes.to(Y.dtype).allclose(Y.squeeze(1), 0, 0))
            throw new InvalidOperationException($"{TargetNames[0]} has values that are not classes (0, 1, …), so they cannot be stratified or be targets of a classification.");
        return classes.cpu().data<long>().ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Name}: {Quantity.Text(Count, "row")}, inputs {NumberLists.Text(InputNames)}, target {NumberLists.Text(TargetNames)}");

    private TableData Rows(long[] rows)
    {
        using var chosen = tensor(rows, device: X.device);
        return new TableData(Name, X.index_select(0, chosen), Y.index_select(0, chosen), InputNames, TargetNames) { Categories = Categories };
    }

    private static Tensor Tensor((string Name, float[] Values)[] columns, int rows)
    {
        var values = new float[rows, columns.Length];
        for (var column = 0; column < columns.Length; column++)
        {
            for (var row = 0; row < rows; row++)
                values[row, column] = columns[column].Values[row];
        }
        return tensor(values);
    }

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
