namespace TorchAnalyzers.Symbols;

/// <summary>The shape of a tensor, as far as the source shows it. An unknown size is null.</summary>
internal sealed record Shape
{
    /// <summary>An unknown shape.</summary>
    public static readonly Shape Unknown = new();

    private readonly long? _last;

    /// <summary>Gets the sizes; null if their number is not known.</summary>
    public IReadOnlyList<long?>? Sizes { get; private init; }

    /// <summary>Gets the size of the last dimension.</summary>
    public long? Last => Sizes is { Count: > 0 } ? Sizes[Sizes.Count - 1] : _last;

    /// <summary>Gets the number of output channels of the last convolution; null if there was none.</summary>
    public long? Channels { get; private init; }

    /// <summary>Gets the number of dimensions after the channels.</summary>
    public int Spatial { get; private init; }

    /// <summary>Returns a shape with known sizes or a known number of sizes.</summary>
    public static Shape Of(params long?[] sizes) => new() { Sizes = sizes };

    /// <summary>Returns a shape with a known last size.</summary>
    public static Shape EndingIn(long? last) => new(last);

    /// <summary>Returns a shape with a known number of channels of a convolution.</summary>
    public static Shape Convolved(long? channels, int spatial) => new() { Channels = channels, Spatial = spatial };

    /// <summary>Returns the number of channels before a number of dimensions.</summary>
    public long? ChannelsBefore(int spatial) => Sizes is null
        ? Spatial == spatial ? Channels : null
        : Sizes.Count > spatial ? Sizes[Sizes.Count - 1 - spatial] : null;

    /// <summary>Returns the size at an index; a negative index counts from the end.</summary>
    public long? At(long place) => Sizes is null ? place == -1 ? Last : null : Index(place) is { } index ? Sizes[index] : null;

    /// <summary>Returns the shape with another last size.</summary>
    public Shape WithLast(long? last) => Sizes is { Count: > 0 } ? Of([.. Sizes.Take(Sizes.Count - 1), last]) : EndingIn(last);

    /// <summary>Returns the shape with two dimensions swapped.</summary>
    public Shape Swapped(long first, long second)
    {
        if (Index(first) is not { } one || Index(second) is not { } other)
            return Unknown;
        var sizes = Sizes!.ToArray();
        (sizes[one], sizes[other]) = (sizes[other], sizes[one]);
        return Of(sizes);
    }

    /// <summary>Returns the shape with an additional dimension of size 1.</summary>
    public Shape Unsqueezed(long place)
    {
        if (Sizes is null || place < -Sizes.Count - 1 || place > Sizes.Count)
            return Unknown;
        var sizes = Sizes.ToList();
        sizes.Insert((int)(place < 0 ? place + Sizes.Count + 1 : place), 1);
        return Of([.. sizes]);
    }

    /// <summary>Returns the shape with a range of dimensions merged into one.</summary>
    public Shape Flattened(long start, long end)
    {
        if (Index(start) is not { } first || Index(end) is not { } last || last < first)
            return Unknown;
        long? size = 1;
        for (var i = first; i <= last; i++)
            size *= Sizes![i];
        return Of([.. Sizes!.Take(first), size, .. Sizes!.Skip(last + 1)]);
    }

    /// <summary>Returns the sizes for messages: [2, ?, 3].</summary>
    public override string ToString() => Sizes is null
        ? $"[…, {Last?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}]"
        : $"[{string.Join(", ", Sizes.Select(size => size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"))}]";

    private Shape(long? last = null) => _last = last;

    private int? Index(long place)
    {
        if (Sizes is null || place < -Sizes.Count || place >= Sizes.Count)
            return null;
        return (int)(place < 0 ? place + Sizes.Count : place);
    }
}
