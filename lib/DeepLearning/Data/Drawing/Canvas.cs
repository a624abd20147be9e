namespace DeepLearning.Data.Drawing;

/// <summary>
/// A small grayscale image with coordinates from 0 to 1 and the origin at the top left. Shapes are drawn with a slight random distortion.
/// </summary>
internal sealed class Canvas(int size)
{
    private readonly float[] _ink = new float[size * size];
    private float _scaleX = 1, _scaleY = 1, _shear, _shiftX, _shiftY;

    public void Clear()
    {
        Array.Clear(_ink);
        (_scaleX, _scaleY, _shear, _shiftX, _shiftY) = (1, 1, 0, 0, 0);
    }

    /// <summary>Sets the distortion of subsequent shapes: a random shift, shear and scale up to these limits.</summary>
    public void Warp(Random random, float shift, float shear, float scale)
    {
        _shiftX = Within(random, shift);
        _shiftY = Within(random, shift);
        _shear = Within(random, shear);
        _scaleX = 1 + Within(random, scale);
        _scaleY = 1 + Within(random, scale);
    }

    /// <summary>Draws a polyline with round caps and joins.</summary>
    public void Stroke(float width, float ink, params ReadOnlySpan<(float X, float Y)> points)
    {
        for (var i = 1; i < points.Length; i++)
            Segment(Place(points[i - 1]), Place(points[i]), width, ink);
    }

    /// <summary>Draws an elliptical arc; angles are in turns, clockwise from the right.</summary>
    public void Arc(float x, float y, float radiusX, float radiusY, float from, float to, float width, float ink)
    {
        const int Steps = 20;
        Span<(float, float)> points = stackalloc (float, float)[Steps + 1];
        for (var i = 0; i <= Steps; i++)
        {
            var angle = MathF.Tau * (from + ((to - from) * i / Steps));
            points[i] = (x + (radiusX * MathF.Cos(angle)), y + (radiusY * MathF.Sin(angle)));
        }
        Stroke(width, ink, points);
    }

    /// <summary>Fills a polygon.</summary>
    public void Fill(float ink, params ReadOnlySpan<(float X, float Y)> corners)
    {
        Span<(float X, float Y)> placed = stackalloc (float, float)[corners.Length];
        for (var i = 0; i < corners.Length; i++)
            placed[i] = Place(corners[i]);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                if (Contains(placed, (column + 0.5f) / size, (row + 0.5f) / size))
                    Put(row, column, ink);
            }
        }
    }

    /// <summary>Writes the image as bytes, with noise on the shapes.</summary>
    public void Render(Span<byte> pixels, int noise, Random random)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = 255 * _ink[i];
            pixels[i] = value < 1 ? (byte)0 : (byte)Math.Clamp(value + random.Next(-noise, noise + 1), 0, 255);
        }
    }

    private static float Within(Random random, float most) => ((random.NextSingle() * 2) - 1) * most;

    private (float X, float Y) Place((float X, float Y) point)
    {
        var (x, y) = (point.X - 0.5f, point.Y - 0.5f);
        return (0.5f + _shiftX + (x * _scaleX) + (y * _shear), 0.5f + _shiftY + (y * _scaleY));
    }

    private void Segment((float X, float Y) a, (float X, float Y) b, float width, float ink)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var length = Math.Max((dx * dx) + (dy * dy), 1e-9f);
        var soft = 1f / size;
        var reach = (width / 2) + soft;
        var (top, bottom) = Rows(Math.Min(a.Y, b.Y) - reach, Math.Max(a.Y, b.Y) + reach);
        var (left, right) = Rows(Math.Min(a.X, b.X) - reach, Math.Max(a.X, b.X) + reach);
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right; column++)
            {
                var (x, y) = (((column + 0.5f) / size) - a.X, ((row + 0.5f) / size) - a.Y);
                var along = Math.Clamp(((x * dx) + (y * dy)) / length, 0, 1);
                var (ox, oy) = (x - (along * dx), y - (along * dy));
                var distance = MathF.Sqrt((ox * ox) + (oy * oy));
                Put(row, column, ink * Math.Clamp((reach - distance) / soft, 0, 1));
            }
        }
    }

    private (int First, int Last) Rows(float from, float to) =>
        (Math.Clamp((int)MathF.Floor(from * size), 0, size), Math.Clamp((int)MathF.Ceiling(to * size), 0, size));

    private void Put(int row, int column, float ink) => _ink[(row * size) + column] = Math.Max(_ink[(row * size) + column], Math.Min(ink, 1));

    private static bool Contains(ReadOnlySpan<(float X, float Y)> corners, float x, float y)
    {
        var inside = false;
        for (int i = 0, j = corners.Length - 1; i < corners.Length; j = i++)
        {
            var (a, b) = (corners[i], corners[j]);
            if (a.Y > y != b.Y > y && x < ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X)
                inside = !inside;
        }
        return inside;
    }
}
