namespace TorchSharp.TensorBoard;

/// <summary>Field numbers of TensorBoard's message Event.</summary>
internal static class EventField
{
    public const int WallTime = 1;
    public const int Step = 2;
    public const int FileVersion = 3;
    public const int GraphDef = 4;
    public const int Summary = 5;
}
