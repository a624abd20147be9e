namespace TorchSharp.Extras.Tests.Native;

/// <summary>A test of something that exists on Linux only.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactOnLinuxAttribute : FactAttribute
{
    public FactOnLinuxAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "The library is patched on Linux only.";
    }
}
