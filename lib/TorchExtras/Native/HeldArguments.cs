// Compiled twice: into TorchExtras, and by MSBuild as the task of buildTransitive/TorchNotebooks.TorchExtras.targets. The second compilation is for
// .NET Standard 2.0, so the file uses nothing newer.
#nullable enable
#if !NET
using System;
using System.IO;
#endif
using System.Text;

namespace TorchSharp.Extras.Native;

/// <summary>
/// Makes TorchSharp keep the arguments of a method alive until the method returns.
/// </summary>
/// <remarks>
/// <para>
/// TorchSharp passes the native handles of its arguments to libtorch and does not keep the arguments themselves alive. In optimized code, the garbage
/// collector may therefore free an argument that nothing else refers to, such as the number in <c>x.pow(2)</c> or the sum in <c>(x + y).mean()</c>,
/// while libtorch reads it. It happens when another thread allocates at that moment: the call fails, or computes with freed memory.
/// </para>
/// <para>
/// The runtime keeps arguments alive in methods that it compiles without optimization. In the copy, the methods that call native functions have the
/// flags of <c>[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]</c>; nothing else differs. These methods do little more
/// than the call, so they take about as long as before.
/// </para>
/// </remarks>
internal static class HeldArguments
{
    private const int NoInlining = 0x0008, NoOptimization = 0x0040;
    private const int Intermediate = 0x0003;
    private const int NativeImport = 0x2000;
    private const byte Call = 0x28, MethodToken = 0x06;

    /// <summary>Returns whether a file is one of the assemblies that need the copy: TorchSharp.dll or TorchVision.dll.</summary>
    public static bool AreNeeded(string assembly) => Path.GetFileName(assembly) is "TorchSharp.dll" or "TorchVision.dll";

    /// <summary>Writes a copy of an assembly whose methods keep their arguments alive during native calls.</summary>
    /// <param name="assembly">The path of the assembly. The file is only read.</param>
    /// <param name="copy">The path of the copy. It is replaced as a whole.</param>
    /// <returns>Whether a copy was written: false if no method needs to change.</returns>
    /// <exception cref="InvalidDataException">The file is not a .NET assembly.</exception>
    public static bool TryPatch(string assembly, string copy)
    {
        var image = File.ReadAllBytes(assembly);
        if (Patch(image) == 0)
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(copy))!);
        var temporary = copy + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(temporary, image);
        // never written in place: the old file may be a hard link, or in use
        if (File.Exists(copy))
            File.Delete(copy);
        File.Move(temporary, copy);
        return true;
    }

    /// <summary>Sets the flags of the methods that call native functions, and returns how many methods changed.</summary>
    private static int Patch(byte[] image)
    {
        var methods = new MethodTable(image);
        var changed = 0;
        for (var method = 0; method < methods.Count; method++)
        {
            var flags = methods.ImplementationFlags(method);
            var body = methods.Body(method);
            if (body.Count == 0 || (flags & Intermediate) != 0 || (flags | NoInlining | NoOptimization) == flags || !CallsNative(body, methods))
                continue;
            methods.SetImplementationFlags(method, flags | NoInlining | NoOptimization);
            changed++;
        }
        return changed;
    }

    /// <summary>Returns whether a method's code has a call of a native function. Other bytes may look like one: such a method changes in vain.</summary>
    private static bool CallsNative(ArraySegment<byte> body, MethodTable methods)
    {
        var code = body.Array!;
        for (var place = body.Offset; place <= body.Offset + body.Count - 5; place++)
        {
            if (code[place] != Call || code[place + 4] != MethodToken)
                continue;
            var callee = (code[place + 1] | code[place + 2] << 8 | code[place + 3] << 16) - 1;
            if (callee >= 0 && callee < methods.Count && (methods.Attributes(callee) & NativeImport) != 0)
                return true;
        }
        return false;
    }

    /// <summary>The table of an assembly's methods (ECMA-335, II.22.26).</summary>
    private sealed class MethodTable
    {
        private const int Module = 0x00, TypeReference = 0x01, TypeDefinition = 0x02, FieldPointer = 0x03, Field = 0x04, MethodPointer = 0x05,
            Method = 0x06, Parameter = 0x08, ModuleReference = 0x1A, TypeSpecification = 0x1B, AssemblyReference = 0x23;

        private readonly byte[] _image;
        private readonly int[] _rows = new int[64];
        private readonly int _sections;
        private readonly int _sectionCount;
        private readonly int _start;
        private readonly int _size;

        public MethodTable(byte[] image)
        {
            _image = image;
            try
            {
                var header = Int(0x3C);
                if (Short(0) != 0x5A4D || Int(header) != 0x4550)
                    throw new InvalidDataException("The file is not a .NET assembly.");
                _sectionCount = Short(header + 6);
                var optional = header + 24;
                _sections = optional + Short(header + 20);
                // the directory of the runtime's header is the 15th, behind the fields of the 32-bit or the 64-bit header
                var directories = optional + (Short(optional) == 0x20B ? 112 : 96);
                var root = Offset(Int(Offset(Int(directories + 14 * 8)) + 8));
                var tables = Tables(root);
                var place = tables + 24;
                var present = BitConverter.ToUInt64(image, tables + 8);
                for (var table = 0; table < 64; table++)
                {
                    if ((present >> table & 1) == 0)
                        continue;
                    _rows[table] = Int(place);
                    place += 4;
                }
                var heaps = image[tables + 6];
                int name = (heaps & 1) != 0 ? 4 : 2, guid = (heaps & 2) != 0 ? 4 : 2, blob = (heaps & 4) != 0 ? 4 : 2;
                _start = place
                    + _rows[Module] * (2 + name + 3 * guid)
                    + _rows[TypeReference] * (Index(2, Module, ModuleReference, AssemblyReference, TypeReference) + 2 * name)
                    + _rows[TypeDefinition] * (4 + 2 * name + Index(2, TypeDefinition, TypeReference, TypeSpecification) + Index(0, Field) + Index(0, Method))
                    + _rows[FieldPointer] * Index(0, Field)
                    + _rows[Field] * (2 + name + blob)
                    + _rows[MethodPointer] * Index(0, Method);
                _size = 8 + name + blob + Index(0, Parameter);
            }
            catch (Exception error) when (error is ArgumentException || error is IndexOutOfRangeException)
            {
                throw new InvalidDataException("The file is not a .NET assembly.", error);
            }
        }

        public int Count => _rows[Method];

        public int Attributes(int method) => Short(_start + method * _size + 6);

        public int ImplementationFlags(int method) => Short(_start + method * _size + 4);

        public void SetImplementationFlags(int method, int flags)
        {
            _image[_start + method * _size + 4] = (byte)flags;
            _image[_start + method * _size + 5] = (byte)(flags >> 8);
        }

        /// <summary>Returns the code of a method, which is empty for methods without code (ECMA-335, II.25.4).</summary>
        public ArraySegment<byte> Body(int method)
        {
            var address = Int(_start + method * _size);
            if (address == 0)
                return new ArraySegment<byte>(_image, 0, 0);
            var header = Offset(address);
            return (_image[header] & 3) == 2
                ? new ArraySegment<byte>(_image, header + 1, _image[header] >> 2)
                : new ArraySegment<byte>(_image, header + 4 * (_image[header + 1] >> 4), Int(header + 4));
        }

        /// <summary>Returns the offset of the stream of tables.</summary>
        private int Tables(int root)
        {
            var stream = root + 16 + Int(root + 12);
            var count = Short(stream + 2);
            var place = stream + 4;
            for (var i = 0; i < count; i++)
            {
                var end = Array.IndexOf(_image, (byte)0, place + 8);
                if (Encoding.ASCII.GetString(_image, place + 8, end - place - 8) == "#~")
                    return root + Int(place);
                // the name is padded with zeros to a multiple of four
                place += 8 + (end - place - 8) / 4 * 4 + 4;
            }
            throw new InvalidDataException("The file is not a .NET assembly.");
        }

        /// <summary>Returns how many bytes a reference to one of the tables takes.</summary>
        private int Index(int tagBits, params int[] tables)
        {
            foreach (var table in tables)
            {
                if (_rows[table] >= 1 << (16 - tagBits))
                    return 4;
            }
            return 2;
        }

        private int Offset(int address)
        {
            for (var i = 0; i < _sectionCount; i++)
            {
                var section = _sections + 40 * i;
                if (address >= Int(section + 12) && address < Int(section + 12) + Int(section + 16))
                    return Int(section + 20) + address - Int(section + 12);
            }
            throw new InvalidDataException("The file is not a .NET assembly.");
        }

        private int Int(int place) => BitConverter.ToInt32(_image, place);

        private int Short(int place) => BitConverter.ToUInt16(_image, place);
    }
}

#if !NET
/// <summary>The MSBuild task: writes the copy of TorchSharp.dll or TorchVision.dll that goes into the output.</summary>
public sealed class HoldArguments : Microsoft.Build.Framework.ITask
{
    public Microsoft.Build.Framework.IBuildEngine? BuildEngine { get; set; }

    public Microsoft.Build.Framework.ITaskHost? HostObject { get; set; }

    /// <summary>The assembly in the NuGet cache.</summary>
    [Microsoft.Build.Framework.Required]
    public string Assembly { get; set; } = "";

    /// <summary>Where the copy goes.</summary>
    [Microsoft.Build.Framework.Required]
    public string Copy { get; set; } = "";

    /// <summary>The source file of this task: a copy that is older than it is written anew.</summary>
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; } = "";

    public bool Execute()
    {
        if (File.Exists(Copy) && File.GetLastWriteTimeUtc(Copy) >= File.GetLastWriteTimeUtc(Assembly) && File.GetLastWriteTimeUtc(Copy) >= File.GetLastWriteTimeUtc(Source))
            return true;
        if (!HeldArguments.TryPatch(Assembly, Copy))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Copy))!);
            File.Copy(Assembly, Copy, true);
        }
        return true;
    }
}
#endif
