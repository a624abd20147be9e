namespace Notebooks.Tests.Jupyter;

/// <summary>A theory that needs Debian's python3-nbclient. It is skipped where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithNbclientAttribute : TheoryAttribute
{
    public const string Python = "/usr/bin/python3";

    public TheoryWithNbclientAttribute()
    {
        if (!File.Exists(Python) || !Directory.Exists("/usr/lib/python3/dist-packages/nbclient"))
            Skip = "python3-nbclient is not installed";
    }
}
