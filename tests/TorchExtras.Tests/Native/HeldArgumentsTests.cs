using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Native;

public sealed class HeldArgumentsTests : IDisposable
{
    private static readonly string _package = typeof(HeldArgumentsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "TorchSharpPackageFolder").Value!;

    private readonly string _folder = Directory.CreateTempSubdirectory("held-arguments-").FullName;

    private static string Original => Path.Combine(_package, "lib", "net8.0", "TorchSharp.dll");

    private string Copy => Path.Combine(_folder, "copy", "TorchSharp.dll");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_assemblies_in_the_output_are_the_copies()
    {
        Assert.Contains(typeof(Tensor).GetMethods(), method => method.Name == "pow" && IsUnoptimized(method));
        Assert.Contains(typeof(torchvision.transforms.functional).GetMethods(), method => method.Name == "adjust_hue" && IsUnoptimized(method));

        static bool IsUnoptimized(MethodInfo method)
            => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoOptimization | MethodImplAttributes.NoInlining);
    }

    [Fact]
    public void Numbers_stay_alive_during_a_call_while_another_thread_allocates()
    {
        using var stop = new CancellationTokenSource();
        var allocating = new Thread(() => Allocate(stop.Token));
        allocating.Start();
        try
        {
            using var x = full([8, 8], 3f);
            for (var call = 0; call < 200_000; call++)
            {
                using var square = x.pow(2);
                Assert.Equal(2, square.dim());
            }
        }
        finally
        {
            stop.Cancel();
            allocating.Join();
        }
    }

    [Fact]
    public void The_copy_differs_in_the_flags_of_the_methods_that_call_native_functions_and_nowhere_else()
    {
        Assert.True(HeldArguments.TryPatch(Original, Copy));

        var (before, after) = (File.ReadAllBytes(Original), File.ReadAllBytes(Copy));
        using var reader = new PEReader(new MemoryStream(before));
        var metadata = reader.GetMetadataReader();
        var (start, size) = (reader.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.MethodDef), metadata.GetTableRowSize(TableIndex.MethodDef));
        // the flags are behind the address of the code, which takes 4 bytes
        var changed = Enumerable.Range(0, before.Length).Where(place => before[place] != after[place]).ToList();
        Assert.All(changed, place => Assert.Equal(4, (place - start) % size));
        Assert.All(changed, place => Assert.Equal(before[place] | (int)(MethodImplAttributes.NoInlining | MethodImplAttributes.NoOptimization), after[place]));
        var methods = changed.Select(place => Name(metadata, MetadataTokens.MethodDefinitionHandle(((place - start) / size) + 1))).ToHashSet();
        Assert.Superset(new HashSet<string> { "Tensor.pow", "Tensor.add", "Tensor.mean", "functional.linear", "Scalar.Dispose" }, methods);
        Assert.DoesNotContain("Tensor.square", methods);
        Assert.DoesNotContain("Sequential.forward", methods);
    }

    [Fact]
    public void A_copy_that_is_patched_already_stays_as_it_is()
    {
        Assert.True(HeldArguments.TryPatch(Original, Copy));

        Assert.False(HeldArguments.TryPatch(Copy, Path.Combine(_folder, "again.dll")));
        Assert.False(File.Exists(Path.Combine(_folder, "again.dll")));
    }

    [Fact]
    public void A_copy_replaces_the_file_that_was_there_and_does_not_write_into_it()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Copy)!);
        File.WriteAllText(Copy, "old");
        // an open file keeps its content when another takes its name, and loses it when it is written
        using var old = new StreamReader(new FileStream(Copy, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

        Assert.True(HeldArguments.TryPatch(Original, Copy));

        Assert.Equal("old", old.ReadToEnd());
        Assert.Equal([Copy], Directory.GetFiles(Path.GetDirectoryName(Copy)!));
    }

    [Fact]
    public void A_file_that_is_not_an_assembly_is_refused()
    {
        var text = Path.Combine(_folder, "text.dll");
        File.WriteAllText(text, "text");

        var error = Assert.Throws<InvalidDataException>(() => HeldArguments.TryPatch(text, Copy));
        Assert.Equal("The file is not a .NET assembly.", error.Message);
    }

    [Theory]
    [InlineData("/packages/lib/TorchSharp.dll", true)]
    [InlineData("/packages/lib/TorchVision.dll", true)]
    [InlineData("/packages/lib/TorchAudio.dll", false)]
    [InlineData("/packages/TorchSharp.dll/Other.dll", false)]
    public void Copies_are_made_of_two_assemblies(string assembly, bool expected) => Assert.Equal(expected, HeldArguments.AreNeeded(assembly));

    private static void Allocate(CancellationToken stop)
    {
        var objects = new List<byte[]>();
        while (!stop.IsCancellationRequested)
        {
            objects.Add(new byte[200]);
            if (objects.Count == 1000)
                objects.Clear();
        }
    }

    private static string Name(MetadataReader metadata, MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        return $"{metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name)}.{metadata.GetString(method.Name)}";
    }
}
