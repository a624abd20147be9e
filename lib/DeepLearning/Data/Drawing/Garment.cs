namespace DeepLearning.Data.Drawing;

/// <summary>Draws silhouettes of the ten classes of Fashion-MNIST.</summary>
internal static class Garment
{
    private const float Middle = 0.5f;

    public static void Draw(Canvas canvas, int label, Random random)
    {
        canvas.Warp(random, shift: 0.03f, shear: 0.05f, scale: 0.1f);
        var ink = 0.35f + (random.NextSingle() * 0.6f);
        var wide = (random.NextSingle() - 0.5f) * 0.08f;
        var tall = (random.NextSingle() - 0.5f) * 0.1f;
        switch (label)
        {
            case 0:
                Top(canvas, ink, 0.2f + wide, sleeve: 0.16f, hem: 0.84f + tall, open: false);
                break;
            case 1:
                Trousers(canvas, ink, wide);
                break;
            case 2:
                Top(canvas, ink, 0.2f + wide, sleeve: 0.46f, hem: 0.84f + tall, open: false);
                break;
            case 3:
                Dress(canvas, ink, wide, tall);
                break;
            case 4:
                Top(canvas, ink, 0.22f + wide, sleeve: 0.5f, hem: 0.92f, open: true);
                break;
            case 5:
                Sandal(canvas, ink, wide);
                break;
            case 6:
                Shirt(canvas, ink, wide, tall);
                break;
            case 7:
                Shoe(canvas, ink, wide, ankle: 0.42f, random);
                break;
            case 8:
                Bag(canvas, ink, wide, tall);
                break;
            default:
                Shoe(canvas, ink, wide, ankle: 0.14f, random);
                break;
        }
    }

    private static void Top(Canvas canvas, float ink, float half, float sleeve, float hem, bool open)
    {
        canvas.Fill(ink, (Middle - half, 0.16f), (Middle + half, 0.16f), (Middle + half, hem), (Middle - half, hem));
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var shoulder = Middle + (side * half);
            canvas.Fill(
                ink, (shoulder, 0.16f), (shoulder + (side * 0.16f), 0.22f + sleeve), (shoulder + (side * 0.06f), 0.25f + sleeve),
                (shoulder - (side * 0.02f), 0.34f));
        }
        if (open)
            canvas.Stroke(0.03f, 1, (Middle, 0.18f), (Middle, hem));
    }

    private static void Shirt(Canvas canvas, float ink, float wide, float tall)
    {
        Top(canvas, ink, 0.2f + wide, sleeve: 0.3f, hem: 0.84f + tall, open: true);
        canvas.Stroke(0.035f, 1, (Middle - 0.1f, 0.15f), (Middle, 0.25f), (Middle + 0.1f, 0.15f));
    }

    private static void Trousers(Canvas canvas, float ink, float wide)
    {
        var half = 0.15f + wide;
        canvas.Fill(ink, (Middle - half, 0.08f), (Middle + half, 0.08f), (Middle + half, 0.3f), (Middle - half, 0.3f));
        canvas.Fill(ink, (Middle - half, 0.3f), (Middle - 0.01f, 0.3f), (Middle - 0.04f, 0.93f), (Middle - half, 0.93f));
        canvas.Fill(ink, (Middle + 0.01f, 0.3f), (Middle + half, 0.3f), (Middle + half, 0.93f), (Middle + 0.04f, 0.93f));
    }

    private static void Dress(Canvas canvas, float ink, float wide, float tall) =>
        canvas.Fill(
            ink, (Middle - 0.1f, 0.08f), (Middle + 0.1f, 0.08f), (Middle + 0.08f, 0.4f + tall), (Middle + 0.2f + wide, 0.93f),
            (Middle - 0.2f - wide, 0.93f), (Middle - 0.08f, 0.4f + tall));

    private static void Sandal(Canvas canvas, float ink, float wide)
    {
        canvas.Fill(ink, (0.08f, 0.68f + wide), (0.94f, 0.62f), (0.94f, 0.7f), (0.08f, 0.76f + wide));
        canvas.Stroke(0.05f, ink, (0.2f, 0.68f), (0.45f, 0.42f + wide), (0.6f, 0.64f));
        canvas.Stroke(0.05f, ink, (0.62f, 0.64f), (0.85f, 0.38f - wide), (0.92f, 0.62f));
    }

    /// <summary>Draws a shoe from the side; the height of the ankle distinguishes a sneaker from a boot.</summary>
    private static void Shoe(Canvas canvas, float ink, float wide, float ankle, Random random)
    {
        var toe = 0.56f + wide;
        canvas.Fill(
            ink, (0.06f, toe + 0.08f), (0.3f, toe), (0.58f, ankle + 0.06f), (0.62f, ankle), (0.92f, ankle), (0.94f, 0.72f), (0.06f, 0.72f));
        canvas.Fill(Math.Min(1, ink + 0.25f), (0.05f, 0.72f), (0.95f, 0.72f), (0.95f, 0.79f), (0.05f, 0.79f));
        if (random.Next(2) == 0)
            canvas.Stroke(0.025f, 1 - (ink / 2), (0.4f, toe - 0.02f), (0.56f, toe + 0.02f));
    }

    private static void Bag(Canvas canvas, float ink, float wide, float tall)
    {
        canvas.Fill(ink, (0.12f - wide, 0.42f + tall), (0.88f + wide, 0.42f + tall), (0.92f, 0.88f), (0.08f, 0.88f));
        canvas.Arc(Middle, 0.44f + tall, 0.2f + wide, 0.26f, 0.5f, 1, 0.05f, ink);
    }
}
