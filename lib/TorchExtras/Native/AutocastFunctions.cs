namespace TorchSharp.Extras.Native;

/// <summary>libtorch's functions that switch autocast on the current thread.</summary>
/// <remarks>
/// They are C++ functions. Their exported names are mangled by the Itanium ABI on Linux and macOS, and by Microsoft's scheme on Windows.
/// </remarks>
internal static unsafe class AutocastFunctions
{
    private static readonly delegate* unmanaged<sbyte, byte> _isEnabled = (delegate* unmanaged<sbyte, byte>)Function(
        "_ZN2at8autocast19is_autocast_enabledEN3c1010DeviceTypeE", "?is_autocast_enabled@autocast@at@@YA_NW4DeviceType@c10@@@Z");

    private static readonly delegate* unmanaged<sbyte, byte, void> _setEnabled = (delegate* unmanaged<sbyte, byte, void>)Function(
        "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb", "?set_autocast_enabled@autocast@at@@YAXW4DeviceType@c10@@_N@Z");

    private static readonly delegate* unmanaged<sbyte, sbyte> _type = (delegate* unmanaged<sbyte, sbyte>)Function(
        "_ZN2at8autocast18get_autocast_dtypeEN3c1010DeviceTypeE", "?get_autocast_dtype@autocast@at@@YA?AW4ScalarType@c10@@W4DeviceType@4@@Z");

    private static readonly delegate* unmanaged<sbyte, sbyte, void> _setType = (delegate* unmanaged<sbyte, sbyte, void>)Function(
        "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE",
        "?set_autocast_dtype@autocast@at@@YAXW4DeviceType@c10@@W4ScalarType@4@@Z");

    private static readonly delegate* unmanaged<int> _enter = (delegate* unmanaged<int>)Function(
        "_ZN2at8autocast17increment_nestingEv", "?increment_nesting@autocast@at@@YAHXZ");

    private static readonly delegate* unmanaged<int> _leave = (delegate* unmanaged<int>)Function(
        "_ZN2at8autocast17decrement_nestingEv", "?decrement_nesting@autocast@at@@YAHXZ");

    private static readonly delegate* unmanaged<void> _clearCache = (delegate* unmanaged<void>)Function(
        "_ZN2at8autocast11clear_cacheEv", "?clear_cache@autocast@at@@YAXXZ");

    public static bool IsEnabled(DeviceType device) => _isEnabled((sbyte)device) != 0;

    public static torch.ScalarType Type(DeviceType device) => (torch.ScalarType)_type((sbyte)device);

    public static void Set(DeviceType device, bool enabled, torch.ScalarType type)
    {
        _setEnabled((sbyte)device, enabled ? (byte)1 : (byte)0);
        _setType((sbyte)device, (sbyte)type);
    }

    /// <summary>Increments the number of nested autocast regions of this thread.</summary>
    public static void Enter() => _enter();

    /// <summary>Decrements the number of nested regions. The end of the outermost region frees the cached 16-bit copies of weights.</summary>
    public static void Leave()
    {
        if (_leave() == 0)
            _clearCache();
    }

    private static nint Function(string itanium, string microsoft) =>
        LibTorch.Export(OperatingSystem.IsWindows() ? microsoft : itanium, "Autocast");
}
