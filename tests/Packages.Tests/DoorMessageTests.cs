namespace Packages.Tests;

/// <summary>What a build says where the native door cannot be compiled: the one thing to do.</summary>
public sealed class DoorMessageTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("door-").FullName;
    private readonly Shell _shell;

    public DoorMessageTests()
    {
        _shell = new Shell(_root);
        _shell.Prepare();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Without_libtorch_it_is_how_to_install_it()
    {
        var (code, output) = await Compile(("LIBTORCH", _root));

        Assert.Equal(1, code);
        Assert.StartsWith($"door : error DOOR1: libtorch was not found: there is no {_root}/include/torch/", output, StringComparison.Ordinal);
        Assert.Contains("sudo apt-get install libtorch-dev libgloo-dev", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_compiler_it_is_how_to_install_one()
    {
        // all programs that the script needs but two
        foreach (var name in new[] { "sh", "dirname", "sed", "cksum", "cut", "find", "sort", "xargs", "cat", "tr", "make" })
            File.CreateSymbolicLink(Path.Combine(_shell.Programs, name), $"/usr/bin/{name}");
        var (code, output) = await Compile(("LIBTORCH", LibTorch()), ("PATH", _shell.Programs));

        Assert.Equal(1, code);
        Assert.StartsWith(
            "door : error DOOR2: The native door to libtorch is compiled on this machine, which lacks: cmake g++.", output, StringComparison.Ordinal);
        Assert.Contains("sudo apt-get install cmake g++;", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_does_not_compile_it_is_what_the_compiler_complains_of()
    {
        var (code, output) = await Compile(("LIBTORCH", LibTorch()));

        Assert.Equal(1, code);
        Assert.Contains("libtorch's headers or libraries were not found", output, StringComparison.Ordinal);
        Assert.Contains("door : error DOOR4: The native door did not compile for the libtorch 9.8", output, StringComparison.Ordinal);
    }

    /// <summary>A libtorch of which there is nothing but the version.</summary>
    private string LibTorch()
    {
        var header = Directory.CreateDirectory(Path.Combine(_root, "libtorch", "include", "torch", "headeronly"));
        File.WriteAllText(Path.Combine(header.FullName, "version.h"), "#define TORCH_VERSION_MAJOR 9\n#define TORCH_VERSION_MINOR 8\n");
        return Path.Combine(_root, "libtorch");
    }

    private Task<(int Code, string Output)> Compile(params (string Name, string Value)[] variables) =>
        _shell.TryAsync(_root, $"sh '{Checkout.At("lib", "LibTorch", "native", "build-door.sh")}'", variables);
}
