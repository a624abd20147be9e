namespace DeepLearning.Charts;

/// <summary>What stands in a picture from left to right, row by row.</summary>
internal abstract record PicturePart;

/// <summary>A sign between tensors.</summary>
internal sealed record SignPart(string Text) : PicturePart
{
    public override string ToString() => Text;
}

/// <summary>What follows stands below.</summary>
internal sealed record RowEnd : PicturePart
{
    public override string ToString() => "";
}
