using TorchSharp.Native;

namespace TorchSharp;

/// <summary>PyTorch's namespace <c>torch</c>. Source: TorchSharp's API on the machine's libtorch.</summary>
public static partial class torch
{
    /// <summary>The version of libtorch that runs.</summary>
    public static string __version__ => Door.LibTorchVersion;

    public static void set_num_threads(int num) => Door.Check(Door.door_set_num_threads(num));

    public static int get_num_threads() => Door.door_num_threads();
}
