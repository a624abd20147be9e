using NotebookHost.Sessions;

namespace NotebookHost.Tests;

/// <summary>Files appear in another place also where symbolic links are not allowed, as on Windows.</summary>
public sealed class FileLinksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_and_a_folder_with_folders_appear_as_links(bool allowSymbolic)
    {
        _folder.Write("from/a.txt", "a");
        _folder.Write("from/inner/deep/b.txt", "b");
        var links = new FileLinks(allowSymbolic);

        links.LinkFile(_folder["a.txt"], _folder["from/a.txt"]);
        links.LinkFolder(_folder["to"], _folder["from"]);

        Assert.Equal("a", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal("b", File.ReadAllText(_folder["to/inner/deep/b.txt"]));
        Assert.Equal(allowSymbolic, new FileInfo(_folder["a.txt"]).LinkTarget is not null);
        // no copies: what is written to the file is seen at both places
        File.WriteAllText(_folder["from/inner/deep/b.txt"], "changed");
        Assert.Equal("changed", File.ReadAllText(_folder["to/inner/deep/b.txt"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_library_that_a_session_loads_is_a_copy_and_what_lies_beside_it_is_linked(bool allowSymbolic)
    {
        _folder.Write("lib/one.dll", "first");
        _folder.Write("lib/data.bin", "data");
        using var copies = new ShadowCopies(new FileLinks(allowSymbolic));

        var copy = copies.Of(_folder["lib/one.dll"]);
        File.WriteAllText(_folder["lib/one.dll"], "built anew");

        Assert.Equal("first", File.ReadAllText(copy));
        Assert.Equal(copy, copies.Of(_folder["lib/one.dll"]));
        Assert.Equal("first", File.ReadAllText(copy));
        Assert.Equal("data", File.ReadAllText(Path.Combine(Path.GetDirectoryName(copy)!, "data.bin")));
    }
}
