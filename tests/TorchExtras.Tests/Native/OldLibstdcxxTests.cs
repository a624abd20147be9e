using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using TorchSharp.Extras.Native;

namespace TorchSharp.Extras.Tests.Native;

public sealed class OldLibstdcxxTests : IDisposable
{
    private const string Entry = "runtimes/linux-x64/native/libLibTorchSharp.so";

    private static readonly string _package = typeof(OldLibstdcxxTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "TorchSharpPackageFolder").Value!;

    private readonly string _folder = Directory.CreateTempSubdirectory("old-libstdcxx-").FullName;

    private static string Original => Path.Combine(_package, Entry);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [FactOnLinux]
    public void The_copy_differs_in_three_fields_and_nowhere_else()
    {
        var copy = Path.Combine(_folder, "copy.so");
        Assert.True(OldLibstdcxx.TryPatch(Original, copy));

        var before = File.ReadAllBytes(Original);
        var after = File.ReadAllBytes(copy);
        var elf = new DynamicSymbols(before);
        var (missing, substitute) = (elf.Find("_ZSt21ios_base_library_initv"), elf.Find("_ZNSt6chrono3_V212steady_clock3nowEv"));
        var expected = before.ToArray();
        // the name and the version of the symbol are those of the substitute; the requirement of the version is weak
        before.AsSpan(elf.Name(substitute), 4).CopyTo(expected.AsSpan(elf.Name(missing)));
        before.AsSpan(elf.Version(substitute), 2).CopyTo(expected.AsSpan(elf.Version(missing)));
        BinaryPrimitives.WriteInt16LittleEndian(expected.AsSpan(elf.RequirementFlags("GLIBCXX_3.4.32")), 2);

        Assert.Equal(before.Length, after.Length);
        Assert.Equal(-1, FirstDifference(expected, after));
        Assert.NotEqual(-1, FirstDifference(before, after));
    }

    [FactOnLinux]
    public void A_patched_copy_is_not_changed()
    {
        var (copy, again) = (Path.Combine(_folder, "copy.so"), Path.Combine(_folder, "again.so"));
        Assert.True(OldLibstdcxx.TryPatch(Original, copy));

        Assert.False(OldLibstdcxx.TryPatch(copy, again));
        Assert.False(File.Exists(again));
    }

    [FactOnLinux]
    public void A_copy_replaces_an_existing_file_without_writing_to_it()
    {
        var copy = Path.Combine(_folder, "copy.so");
        File.WriteAllText(copy, "old");
        // an open file keeps its content if another file replaces it, and loses its content if it is overwritten
        using var old = File.OpenText(copy);

        OldLibstdcxx.TryPatch(Original, copy);

        Assert.Equal("old", old.ReadToEnd());
        Assert.NotEqual("old".Length, new FileInfo(copy).Length);
    }

    [FactOnLinux]
    public void The_file_in_the_NuGet_cache_is_the_one_in_the_package()
    {
        var archive = Directory.GetFiles(_package, "*.nupkg").Single();
        using var zip = ZipFile.OpenRead(archive);
        using var packed = new MemoryStream();
        using (var stream = zip.GetEntry(Entry)!.Open())
            stream.CopyTo(packed);

        Assert.Equal(-1, FirstDifference(packed.ToArray(), File.ReadAllBytes(Original)));
    }

    [FactOnLinux]
    public void The_output_has_the_copy_where_the_system_needs_it_and_the_original_elsewhere()
    {
        var built = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));

        Assert.Equal(OldLibstdcxx.IsPresent(), FirstDifference(File.ReadAllBytes(Original), built) >= 0);
    }

    [FactOnLinux]
    public void A_file_that_is_not_a_library_is_rejected()
    {
        var text = Path.Combine(_folder, "text.so");
        File.WriteAllText(text, "no library");

        var error = Assert.Throws<InvalidDataException>(() => OldLibstdcxx.TryPatch(text, Path.Combine(_folder, "copy.so")));
        Assert.Equal("libLibTorchSharp.so is not a 64-bit little-endian ELF file.", error.Message);
    }

    private static int FirstDifference(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
        => one.Length == other.Length && one.SequenceEqual(other) ? -1 : one.CommonPrefixLength(other);

    /// <summary>Finds the fields of dynamic symbols in an ELF library by the names of sections.</summary>
    private sealed class DynamicSymbols
    {
        private readonly byte[] _image;
        private readonly Dictionary<string, (int Offset, int Size)> _sections = [];

        public DynamicSymbols(byte[] image)
        {
            _image = image;
            var (headers, size, count, names) = (Long(0x28), Short(0x3A), Short(0x3C), Short(0x3E));
            var texts = Long(headers + size * names + 24);
            for (var header = headers; header < headers + size * count; header += size)
                _sections[Text(texts + Int(header))] = (Long(header + 24), Long(header + 32));
        }

        public int Find(string name)
            => Enumerable.Range(0, _sections[".dynsym"].Size / 24).Single(i => Text(_sections[".dynstr"].Offset + Int(Name(i))) == name);

        public int Name(int symbol) => _sections[".dynsym"].Offset + 24 * symbol;

        public int Version(int symbol) => _sections[".gnu.version"].Offset + 2 * symbol;

        public int RequirementFlags(string version)
        {
            // each record (Elf64_Verneed, Elf64_Vernaux) is 16 bytes; in those of versions, the name is at 8 and the flags are at 4
            var (start, size) = _sections[".gnu.version_r"];
            return Enumerable.Range(0, size / 16).Select(i => start + 16 * i)
                .Single(record => Int(record + 8) is > 0 and var name && name < _sections[".dynstr"].Size && Text(_sections[".dynstr"].Offset + name) == version) + 4;
        }

        private int Long(int at) => (int)BinaryPrimitives.ReadInt64LittleEndian(_image.AsSpan(at));

        private int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(_image.AsSpan(at));

        private int Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_image.AsSpan(at));

        private string Text(int at) => Encoding.ASCII.GetString(_image, at, Array.IndexOf(_image, (byte)0, at) - at);
    }
}
