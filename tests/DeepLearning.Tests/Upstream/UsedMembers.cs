using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace DeepLearning.Tests.Upstream;

/// <summary>The members of other assemblies that an assembly's code names, with the source files that name them.</summary>
internal sealed class UsedMembers
{
    private static readonly Dictionary<ushort, OpCode> _opCodes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value);

    private readonly MetadataReader _metadata;

    private UsedMembers(MetadataReader metadata) => _metadata = metadata;

    /// <param name="assembly">An assembly with its .pdb beside it.</param>
    /// <returns>Assembly, type and member for each use, and the files of the method it is in.</returns>
    public static IReadOnlyList<(string Assembly, string Type, string Member, string[] Files)> Of(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly, ".pdb")));
        var (metadata, pdb) = (image.GetMetadataReader(), symbols.GetMetadataReader());
        var reader = new UsedMembers(metadata);
        var used = new List<(string, string, string, string[])>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
                continue;
            var files = pdb.GetMethodDebugInformation(handle).GetSequencePoints()
                .Select(point => Path.GetFileName(pdb.GetString(pdb.GetDocument(point.Document).Name)))
                .Distinct().ToArray();
            var code = image.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() ?? [];
            used.AddRange(Tokens(code).Select(MetadataTokens.EntityHandle).Select(reader.Name).OfType<(string Assembly, string Type, string Member)>()
                .Select(name => (name.Assembly, name.Type, name.Member, files)));
        }

        return used;
    }

    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            ushort value = code[at++];
            if (value == 0xFE)
                value = (ushort)(0xFE00 | code[at++]);
            var operand = _opCodes[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok)
                yield return BitConverter.ToInt32(code, at);
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private (string Assembly, string Type, string Member)? Name(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.MethodSpecification)
            handle = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        if (handle.Kind != HandleKind.MemberReference)
            return null;
        var member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
        return TypeOf(member.Parent) is var (assembly, type) ? (assembly, type, _metadata.GetString(member.Name)) : null;
    }

    private (string Assembly, string Type)? TypeOf(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeSpecification)
        {
            // a generic instantiation is two bytes, then the type that it is of
            var blob = _metadata.GetBlobReader(_metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
            if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                return null;
            blob.ReadByte();
            handle = blob.ReadTypeHandle();
        }

        if (handle.Kind != HandleKind.TypeReference)
            return null;
        var type = _metadata.GetTypeReference((TypeReferenceHandle)handle);
        var name = _metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
            return TypeOf(type.ResolutionScope) is var (assembly, outer) ? (assembly, $"{outer}+{name}") : null;
        if (type.ResolutionScope.Kind != HandleKind.AssemblyReference)
            return null;
        var reference = _metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
        return (_metadata.GetString(reference.Name), $"{_metadata.GetString(type.Namespace)}.{name}");
    }
}
