namespace TorchSharp.Extras.Tests.Files;

/// <summary>A fact that needs Debian's python3-torch; it is skipped where python3-torch is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithPyTorchAttribute : FactAttribute
{
    public const string Python = "/usr/bin/python3";

    private const string Reason = "python3-torch is not installed";

    public FactWithPyTorchAttribute()
    {
        if (!File.Exists(Python) || !Directory.Exists("/usr/lib/python3/dist-packages/torch"))
            Skip = Reason;
    }
}
