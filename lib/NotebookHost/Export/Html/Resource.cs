namespace NotebookHost.Export.Html;

/// <summary>The embedded files of pages.</summary>
internal static class Resource
{
    public static string Text(string name)
    {
        using var resource = new StreamReader(typeof(Resource).Assembly.GetManifestResourceStream(name)!);
        return resource.ReadToEnd();
    }
}
