using NotebookHost.Sessions;

namespace NotebookHost.Tests;

public sealed class RestoreProgressTests
{
    [Fact]
    public void A_restore_says_what_it_downloads_and_how_much_is_done()
    {
        var progress = new RestoreProgress(["Big.Package", "Other"], new TimeIsUp());
        Assert.Equal("Restoring Big.Package, Other …", progress.Title);

        progress.Add("         Restoring packages for /x/packages.csproj...");
        progress.Add("           GET https://feed.example/packages/big.package/index.json");
        progress.Add("           GET https://feed.example/packages/big.package/2.14.1/big.package.2.14.1.nupkg");
        progress.Add("           GET https://feed.example/packages/other/1.0.0/other.1.0.0.nupkg");
        Assert.EndsWith(" s; downloading once: big.package 2.14.1, other 1.0.0", $"{progress}", StringComparison.Ordinal);

        progress.Add("         Installed Other 1.0.0 from https://feed.example/index.json to /p/other/1.0.0 with content hash abc=");
        Assert.EndsWith(" s, 1 package installed; downloading once: big.package 2.14.1", $"{progress}", StringComparison.Ordinal);

        progress.Add("         Installed Big.Package 2.14.1 from https://feed.example/index.json to /p/big.package/2.14.1 with content hash abc=");
        Assert.EndsWith(" s, 2 packages installed", $"{progress}", StringComparison.Ordinal);
    }
}
