namespace DeepLearning.Charts;

/// <summary>A part of a picture; parts are drawn from left to right, row by row.</summary>
internal abstract record PicturePart;

/// <summary>A sign between tensors.</summary>
internal sealed record SignPart(string Text) : PicturePart
{
    public override string ToString() => Text;
}

/// <summary>The end of a row of parts.</summary>
internal sealed record RowEnd : PicturePart
{
    public override string ToString() => "";
}
