namespace TorchSharp.Printing;

/// <summary>What <see cref="torch.set_printoptions(int, int?, string?, bool, int?, int?)"/> sets.</summary>
internal sealed record PrintOptions(TensorStringStyle Style, string FloatFormat, int LineWidth, string NewLine, int MaxRows, int MaxColumns)
{
    public static PrintOptions Current { get; set; } = new(TensorStringStyle.Julia, "g5", 100, Environment.NewLine, 6, 6);
}
