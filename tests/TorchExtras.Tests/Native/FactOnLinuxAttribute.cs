namespace TorchSharp.Extras.Tests.Native;

/// <summary>A test for Linux only.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactOnLinuxAttribute : FactAttribute
{
    public FactOnLinuxAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "The library is patched on Linux only.";
    }
}
