using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DeepLearning.Tests.Tables;

/// <summary>
/// The files of the library are byte-equal in cultures with other calendars, digits and minus signs. A separate process writes them,
/// because tests run without the data of cultures.
/// </summary>
public sealed class MachineCultureTests : IDisposable
{
    private readonly TemporaryFolder _invariant = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _invariant.Dispose();
        _folder.Dispose();
    }

    [TheoryWithCultures]
    [InlineData("th-TH", "31/1/2569")]
    [InlineData("ar-SA", "1447")]
    [InlineData("fa-IR", "1404")]
    [InlineData("sv-SE", "\u22121,5")]
    public async Task Files_equal_those_of_the_invariant_culture(string culture, string shown)
    {
        await WriteAsync("invariant", _invariant.Path);
        Assert.Contains(shown, await WriteAsync(culture, _folder.Path), StringComparison.Ordinal);
        var expected = Files(_invariant.Path);
        Assert.Contains("log.csv", expected);
        Assert.Equal(expected, Files(_folder.Path));
        foreach (var file in expected.Where(file => !file.EndsWith(".pth", StringComparison.Ordinal)))
            Assert.Equal(Text(_invariant, file), Text(_folder, file));
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];

    private static string Text(TemporaryFolder folder, string file) => File.ReadAllText(folder[file]).Replace(folder.Path, "FOLDER", StringComparison.Ordinal);

    private static async Task<string> WriteAsync(string culture, string folder)
    {
        var worker = Path.Combine(AppContext.BaseDirectory, "DeepLearning.Tests.Worker.dll");
        var program = new ProcessStartInfo("dotnet", [worker, "culture", culture, folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0" },
        };
        using var process = Process.Start(program)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}

/// <summary>A theory that needs culture data, which is in the ICU library on Linux; it is skipped if ICU is not installed.</summary>
public sealed class TheoryWithCulturesAttribute : TheoryAttribute
{
    public TheoryWithCulturesAttribute()
    {
        string[] folders = ["/usr/lib", "/usr/lib64", "/lib", "/lib64", $"/usr/lib/{RuntimeInformation.OSArchitecture switch { Architecture.Arm64 => "aarch64", _ => "x86_64" }}-linux-gnu"];
        if (OperatingSystem.IsLinux() && !folders.Any(folder => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "libicuuc.so.*").Any()))
            Skip = "The data of cultures is not installed (on Debian: apt-get install libicu72).";
    }
}
