// Compiled twice: into TorchExtras, and by MSBuild as the task of buildTransitive/TorchNotebooks.TorchExtras.targets. The second compilation is for
// .NET Standard 2.0, so the file uses nothing newer.
#nullable enable
using System.Runtime.InteropServices;
using System.Text;
#if !NET
using System;
using System.Collections.Generic;
using System.IO;
#endif

namespace TorchSharp.Extras.Native;

/// <summary>
/// Makes TorchSharp's native library load on systems whose libstdc++ is older than GCC 13's (Debian 12, Ubuntu 22.04, RHEL 9).
/// </summary>
/// <remarks>
/// <para>
/// <c>libLibTorchSharp.so</c> of TorchSharp 0.107 needs one symbol that is newer than those systems: <c>std::ios_base_library_init()</c>, version
/// <c>GLIBCXX_3.4.32</c>, which initializes <c>std::cout</c> and the other standard streams. Older libstdc++ libraries initialize the streams in
/// the object files that include <c>&lt;iostream&gt;</c>, and libtorch has such object files.
/// </para>
/// <para>
/// The patched copy differs in three fields. The symbol's name refers to <c>std::chrono::steady_clock::now()</c>, a function that the library already
/// imports and that is safe to call and ignore. The symbol's version is that function's version. The requirement of <c>GLIBCXX_3.4.32</c> is flagged
/// weak, so the dynamic linker accepts that the version is missing.
/// </para>
/// </remarks>
internal static class OldLibstdcxx
{
    internal const string MissingSymbol = "_ZSt21ios_base_library_initv";
    internal const string MissingVersion = "GLIBCXX_3.4.32";
    internal const string Substitute = "_ZNSt6chrono3_V212steady_clock3nowEv";

    private const int DynamicSymbols = 11, VersionNeeds = 0x6ffffffe, SymbolVersions = 0x6fffffff;
    private const int LoadNow = 2;
    private const short WeakVersion = 2;

    /// <summary>Returns whether the system has a libstdc++ that lacks the symbol. Always false on systems other than Linux.</summary>
    public static bool IsPresent()
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
            return false;
        try
        {
            var library = Open("libstdc++.so.6", LoadNow);
            return library != IntPtr.Zero && Find(library, MissingSymbol) == IntPtr.Zero;
        }
        catch (Exception error) when (error is DllNotFoundException || error is EntryPointNotFoundException)
        {
            // the C library is not glibc, and TorchSharp has no native library for it
            return false;
        }
    }

    /// <summary>Writes a copy of TorchSharp's native library that loads on this system.</summary>
    /// <param name="library">The path of <c>libLibTorchSharp.so</c>. The file is only read.</param>
    /// <param name="copy">The path of the copy. An existing file is replaced.</param>
    /// <returns>Whether a copy was written; false if the library does not need the symbol.</returns>
    /// <exception cref="InvalidDataException">The file is not a 64-bit ELF library with the expected symbols.</exception>
    public static bool TryPatch(string library, string copy)
    {
        var image = File.ReadAllBytes(library);
        if (!TryPatch(image))
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(copy))!);
        var temporary = copy + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(temporary, image);
        // the old file is not overwritten in place, because it may be a hard link or in use
        if (File.Exists(copy))
            File.Delete(copy);
        File.Move(temporary, copy);
        return true;
    }

    private static bool TryPatch(byte[] image)
    {
        var sections = Sections(image);
        var symbols = Only(sections, DynamicSymbols);
        var names = sections[symbols.Link].Offset;
        var versions = Only(sections, SymbolVersions);
        int missing = -1, substitute = -1;
        for (var i = 0; i < symbols.Size / 24; i++)
        {
            var name = Text(image, names + BitConverter.ToInt32(image, symbols.Offset + 24 * i));
            if (name == MissingSymbol)
                missing = i;
            else if (name == Substitute)
                substitute = i;
        }
        if (missing < 0)
            return false;
        if (substitute < 0)
            throw new InvalidDataException("libLibTorchSharp.so does not import " + Substitute + ", which the copy would use.");
        Array.Copy(image, symbols.Offset + 24 * substitute, image, symbols.Offset + 24 * missing, 4);
        Array.Copy(image, versions.Offset + 2 * substitute, image, versions.Offset + 2 * missing, 2);
        var flags = BitConverter.GetBytes(WeakVersion);
        Array.Copy(flags, 0, image, RequirementOf(image, Only(sections, VersionNeeds).Offset, names) + 4, 2);
        return true;
    }

    /// <summary>Returns the offset of the entry (Elf64_Vernaux) that requires the missing version.</summary>
    private static int RequirementOf(byte[] image, int need, int names)
    {
        while (true)
        {
            var requirement = need + BitConverter.ToInt32(image, need + 8);
            for (var i = BitConverter.ToInt16(image, need + 2); i > 0; i--)
            {
                if (Text(image, names + BitConverter.ToInt32(image, requirement + 8)) == MissingVersion)
                    return requirement;
                requirement += BitConverter.ToInt32(image, requirement + 12);
            }
            var next = BitConverter.ToInt32(image, need + 12);
            if (next == 0)
                throw new InvalidDataException("libLibTorchSharp.so does not require " + MissingVersion + ".");
            need += next;
        }
    }

    private static List<Section> Sections(byte[] image)
    {
        if (image.Length < 64 || BitConverter.ToInt32(image, 0) != 0x464c457f || image[4] != 2 || image[5] != 1)
            throw new InvalidDataException("libLibTorchSharp.so is not a 64-bit little-endian ELF file.");
        var sections = new List<Section>();
        int start = (int)BitConverter.ToInt64(image, 0x28), size = BitConverter.ToInt16(image, 0x3A), count = BitConverter.ToInt16(image, 0x3C);
        for (var i = 0; i < count; i++)
        {
            var header = start + size * i;
            sections.Add(new Section(
                BitConverter.ToInt32(image, header + 4),
                (int)BitConverter.ToInt64(image, header + 24),
                (int)BitConverter.ToInt64(image, header + 32),
                BitConverter.ToInt32(image, header + 40)));
        }
        return sections;
    }

    private static Section Only(List<Section> sections, int type)
    {
        foreach (var section in sections)
        {
            if (section.Type == type)
                return section;
        }
        throw new InvalidDataException("libLibTorchSharp.so has no ELF section of type " + type.ToString("x", System.Globalization.CultureInfo.InvariantCulture) + ".");
    }

    private static string Text(byte[] image, int start) => Encoding.ASCII.GetString(image, start, Array.IndexOf(image, (byte)0, start) - start);

    [DllImport("libc.so.6", EntryPoint = "dlopen", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr Open(string name, int flags);

    [DllImport("libc.so.6", EntryPoint = "dlsym", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr Find(IntPtr library, string symbol);

    private sealed class Section
    {
        public Section(int type, int offset, int size, int link)
        {
            (Type, Offset, Size, Link) = (type, offset, size, link);
        }

        public int Type { get; }

        public int Offset { get; }

        public int Size { get; }

        public int Link { get; }
    }
}

#if !NET
/// <summary>The MSBuild task: replaces TorchSharp's native library with a patched copy on systems that need it.</summary>
public sealed class PatchTorchSharp : Microsoft.Build.Framework.ITask
{
    public Microsoft.Build.Framework.IBuildEngine? BuildEngine { get; set; }

    public Microsoft.Build.Framework.ITaskHost? HostObject { get; set; }

    /// <summary>Gets or sets the path of TorchSharp's native library in the NuGet cache.</summary>
    [Microsoft.Build.Framework.Required]
    public string Library { get; set; } = "";

    /// <summary>Gets or sets the path of the patched copy.</summary>
    [Microsoft.Build.Framework.Required]
    public string Copy { get; set; } = "";

    /// <summary>Gets or sets a value that indicates whether a patched copy was written.</summary>
    [Microsoft.Build.Framework.Output]
    public bool IsPatched { get; set; }

    public bool Execute()
    {
        if (!OldLibstdcxx.IsPresent())
            return true;
        if (File.Exists(Copy) && File.GetLastWriteTimeUtc(Copy) >= File.GetLastWriteTimeUtc(Library))
        {
            IsPatched = true;
            return true;
        }
        IsPatched = OldLibstdcxx.TryPatch(Library, Copy);
        if (IsPatched)
        {
            BuildEngine!.LogMessageEvent(new Microsoft.Build.Framework.BuildMessageEventArgs(
                "TorchSharp: this system's libstdc++ is older than GCC 13's and lacks std::ios_base_library_init; a patched copy of libLibTorchSharp.so is used: " + Copy,
                null, nameof(PatchTorchSharp), Microsoft.Build.Framework.MessageImportance.High));
        }
        return true;
    }
}
#endif
