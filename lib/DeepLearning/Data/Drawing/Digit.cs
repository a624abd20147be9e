namespace DeepLearning.Data.Drawing;

/// <summary>Draws digits.</summary>
internal static class Digit
{
    public static void Draw(Canvas canvas, int label, Random random)
    {
        canvas.Warp(random, shift: 0.05f, shear: 0.22f, scale: 0.14f);
        var width = 0.07f + (random.NextSingle() * 0.06f);
        var bend = (random.NextSingle() - 0.5f) * 0.08f;
        switch (label)
        {
            case 0:
                canvas.Arc(0.5f, 0.5f, 0.19f + bend, 0.3f, 0, 1, width, 1);
                break;
            case 1:
                canvas.Stroke(width, 1, (0.4f + bend, 0.3f), (0.52f, 0.2f), (0.52f - bend, 0.8f));
                break;
            case 2:
                canvas.Arc(0.5f, 0.36f, 0.18f, 0.17f, -0.5f, 0.12f, width, 1);
                canvas.Stroke(width, 1, (0.63f, 0.48f), (0.31f, 0.8f + bend), (0.7f, 0.8f - bend));
                break;
            case 3:
                canvas.Arc(0.47f, 0.35f, 0.18f, 0.15f, -0.42f, 0.25f, width, 1);
                canvas.Arc(0.47f, 0.65f, 0.2f, 0.15f + (bend / 2), -0.25f, 0.42f, width, 1);
                break;
            case 4:
                canvas.Stroke(width, 1, (0.36f + bend, 0.2f), (0.3f, 0.55f), (0.72f, 0.55f + (bend / 2)));
                canvas.Stroke(width, 1, (0.6f, 0.22f), (0.58f - bend, 0.82f));
                break;
            case 5:
                canvas.Stroke(width, 1, (0.68f, 0.2f + (bend / 2)), (0.37f, 0.2f), (0.35f, 0.46f));
                canvas.Arc(0.47f, 0.63f, 0.2f, 0.18f, -0.32f, 0.4f, width, 1);
                break;
            case 6:
                canvas.Stroke(width, 1, (0.6f, 0.18f), (0.4f + bend, 0.42f), (0.33f, 0.64f));
                canvas.Arc(0.5f, 0.65f, 0.17f, 0.15f, 0, 1, width, 1);
                break;
            case 7:
                canvas.Stroke(width, 1, (0.3f, 0.22f + (bend / 2)), (0.7f, 0.22f), (0.45f + bend, 0.82f));
                break;
            case 8:
                canvas.Arc(0.5f, 0.35f, 0.15f, 0.14f, 0, 1, width, 1);
                canvas.Arc(0.5f, 0.65f, 0.18f + (bend / 2), 0.16f, 0, 1, width, 1);
                break;
            default:
                canvas.Arc(0.5f, 0.36f, 0.17f, 0.16f, 0, 1, width, 1);
                canvas.Stroke(width, 1, (0.67f, 0.38f), (0.62f + bend, 0.62f), (0.55f, 0.82f));
                break;
        }
    }
}
