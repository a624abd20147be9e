namespace TorchAnalyzers.Symbols;

/// <summary>What the source shows of a tensor's shape. An unknown size is null.</summary>
internal sealed record Shape
{
    /// <summary>A shape of which nothing is known.</summary>
    public static readonly Shape Unknown = new();

    private readonly long? _last;

    /// <summary>Gets the sizes; null where their number is not known.</summary>
    public IReadOnlyList<long?>? Sizes { get; private init; }

    /// <summary>Gets the size of the last dimension.</summary>
    public long? Last => Sizes is { Count: > 0 } ? Sizes[Sizes.Count - 1] : _last;

    /// <summary>Gets the number of channels that a convolution made; null where none did.</summary>
    public long? Channels { get; private init; }

    /// <summary>Gets the number of dimensions behind the channels.</summary>
    public int Spatial { get; private init; }

    /// <summary>Returns a shape whose sizes are known or whose number of sizes is known.</summary>
    public static Shape Of(params long?[] sizes) => new() { Sizes = sizes };

    /// <summary>Returns a shape of which the last size is known.</summary>
    public static Shape EndingIn(long? last) => new(last);

    /// <summary>Returns a shape of which the channels of a convolution are known.</summary>
    public static Shape Convolved(long? channels, int spatial) => new() { Channels = channels, Spatial = spatial };

    /// <summary>Returns the number of channels that a layer finds in front of some dimensions.</summary>
    public long? ChannelsBefore(int spatial) => Sizes is null
        ? Spatial == spatial ? Channels : null
        : Sizes.Count > spatial ? Sizes[Sizes.Count - 1 - spatial] : null;

    /// <summary>Returns the size at a place, which counts from the end where it is negative.</summary>
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

    /// <summary>Returns the shape with a dimension of 1 more.</summary>
    public Shape Unsqueezed(long place)
    {
        if (Sizes is null || place < -Sizes.Count - 1 || place > Sizes.Count)
            return Unknown;
        var sizes = Sizes.ToList();
        sizes.Insert((int)(place < 0 ? place + Sizes.Count + 1 : place), 1);
        return Of([.. sizes]);
    }

    /// <summary>Returns the shape with some dimensions made one.</summary>
    public Shape Flattened(long start, long end)
    {
        if (Index(start) is not { } first || Index(end) is not { } last || last < first)
            return Unknown;
        long? size = 1;
        for (var i = first; i <= last; i++)
            size *= Sizes![i];
        return Of([.. Sizes!.Take(first), size, .. Sizes!.Skip(last + 1)]);
    }

    /// <summary>Returns the sizes as they are written in messages: [2, ?, 3].</summary>
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
