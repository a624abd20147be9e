namespace DeepLearning.Charts;

/// <summary>A rectangle of the drawing, in pixels.</summary>
internal sealed record Area(double Left, double Top, double Width, double Height)
{
    internal double Right => Left + Width;

    internal double Bottom => Top + Height;

    internal double Center => Left + Width / 2;

    internal double Middle => Top + Height / 2;

    internal Area Inside(double left, double top, double right, double bottom) =>
        new(Left + left, Top + top, Width - left - right, Height - top - bottom);
}
