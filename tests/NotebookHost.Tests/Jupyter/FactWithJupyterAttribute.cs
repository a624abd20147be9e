namespace NotebookHost.Tests.Jupyter;

/// <summary>A fact that needs Debian's python3-nbclient and python3-nbconvert, and is reported as skipped where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithJupyterAttribute : FactAttribute
{
    public const string Python = "/usr/bin/python3";

    private const string Packages = "/usr/lib/python3/dist-packages/";
    private const string Reason = "python3-nbclient and python3-nbconvert are not installed";

    public FactWithJupyterAttribute()
    {
        if (!File.Exists(Python) || !Directory.Exists(Packages + "nbclient") || !Directory.Exists(Packages + "nbconvert"))
            Skip = Reason;
    }
}
