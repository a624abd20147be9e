namespace DeepLearning.TensorBoard;

/// <summary>Something that a run reported at a step.</summary>
/// <param name="Step">When, as the run counts.</param>
/// <param name="Time">When, by the clock.</param>
public abstract record Point(long Step, DateTimeOffset Time);

/// <summary>A point of a curve.</summary>
/// <param name="Step">When, as the run counts.</param>
/// <param name="Time">When, by the clock.</param>
/// <param name="Value">Its height.</param>
public sealed record ScalarPoint(long Step, DateTimeOffset Time, double Value) : Point(Step, Time);

/// <summary>How values were distributed.</summary>
/// <param name="Step">When, as the run counts.</param>
/// <param name="Time">When, by the clock.</param>
/// <param name="Min">The lowest value.</param>
/// <param name="Max">The highest value.</param>
/// <param name="Limits">The right ends of the bins, rising.</param>
/// <param name="Counts">How many values lie in each.</param>
public sealed record HistogramPoint(
    long Step, DateTimeOffset Time, double Min, double Max, IReadOnlyList<double> Limits, IReadOnlyList<double> Counts) : Point(Step, Time);

/// <summary>An image.</summary>
/// <param name="Step">When, as the run counts.</param>
/// <param name="Time">When, by the clock.</param>
/// <param name="Width">Its width in pixels; 0 where it has none, as a drawing.</param>
/// <param name="Height">Its height in pixels; 0 where it has none.</param>
/// <param name="File">The bytes of an image file.</param>
public sealed record ImagePoint(long Step, DateTimeOffset Time, int Width, int Height, ReadOnlyMemory<byte> File) : Point(Step, Time);

/// <summary>A text.</summary>
/// <param name="Step">When, as the run counts.</param>
/// <param name="Time">When, by the clock.</param>
/// <param name="Text">Markdown.</param>
public sealed record TextPoint(long Step, DateTimeOffset Time, string Text) : Point(Step, Time);

/// <summary>A step of a network.</summary>
/// <param name="Name">Its name; slashes group.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Inputs">The names of the steps that it reads.</param>
/// <param name="Shape">The shape of what it makes; empty where that is not told.</param>
public sealed record GraphNode(string Name, string Kind, IReadOnlyList<string> Inputs, string Shape);
