namespace DeepLearning.TensorBoard;

/// <summary>A value that a run wrote at a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Time">The time.</param>
public abstract record Point(long Step, DateTimeOffset Time);

/// <summary>A point of a scalar curve.</summary>
/// <param name="Step">The step.</param>
/// <param name="Time">The time.</param>
/// <param name="Value">The value.</param>
public sealed record ScalarPoint(long Step, DateTimeOffset Time, double Value) : Point(Step, Time);

/// <summary>The distribution of values.</summary>
/// <param name="Step">The step.</param>
/// <param name="Time">The time.</param>
/// <param name="Min">The minimum.</param>
/// <param name="Max">The maximum.</param>
/// <param name="Limits">The upper limits of the bins, in ascending order.</param>
/// <param name="Counts">The number of values in each bin.</param>
public sealed record HistogramPoint(
    long Step, DateTimeOffset Time, double Min, double Max, IReadOnlyList<double> Limits, IReadOnlyList<double> Counts) : Point(Step, Time);

/// <summary>An image.</summary>
/// <param name="Step">The step.</param>
/// <param name="Time">The time.</param>
/// <param name="Width">The width in pixels; 0 for a drawing.</param>
/// <param name="Height">The height in pixels; 0 for a drawing.</param>
/// <param name="File">The bytes of an image file.</param>
public sealed record ImagePoint(long Step, DateTimeOffset Time, int Width, int Height, ReadOnlyMemory<byte> File) : Point(Step, Time);

/// <summary>A text.</summary>
/// <param name="Step">The step.</param>
/// <param name="Time">The time.</param>
/// <param name="Text">The text, in Markdown.</param>
public sealed record TextPoint(long Step, DateTimeOffset Time, string Text) : Point(Step, Time);

/// <summary>A node of a model's graph.</summary>
/// <param name="Name">The name; slashes separate groups.</param>
/// <param name="Kind">The operation.</param>
/// <param name="Inputs">The names of the input nodes.</param>
/// <param name="Shape">The shape of the output; empty if it is unknown.</param>
public sealed record GraphNode(string Name, string Kind, IReadOnlyList<string> Inputs, string Shape);
