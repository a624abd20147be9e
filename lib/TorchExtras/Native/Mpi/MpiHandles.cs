using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native;

/// <summary>The element types of messages.</summary>
internal enum MpiType
{
    Byte,
    Int8,
    UInt8,
    Int16,
    Int32,
    Int64,
    Float32,
    Float64,
}

/// <summary>The operations of a reduction.</summary>
internal enum MpiOp
{
    Sum,
    Product,
    Min,
    Max,
    BitAnd,
    BitOr,
    BitXor,
}

/// <summary>
/// The values of MPI's predefined handles, which differ between implementations: in Open MPI they are addresses of exported variables; in MPICH,
/// Intel MPI and MS-MPI they are integers.
/// </summary>
internal sealed class MpiHandles
{
    private readonly nint[] _types;
    private readonly nint[] _ops;

    private MpiHandles(nint world, nint errorsReturn, nint inPlace, nint[] types, nint[] ops)
    {
        (World, ErrorsReturn, InPlace, _types, _ops) = (world, errorsReturn, inPlace, types, ops);
    }

    /// <summary>Gets MPI_COMM_WORLD.</summary>
    public nint World { get; }

    /// <summary>Gets MPI_ERRORS_RETURN.</summary>
    public nint ErrorsReturn { get; }

    /// <summary>Gets MPI_IN_PLACE.</summary>
    public nint InPlace { get; }

    public nint this[MpiType type] => _types[(int)type];

    public nint this[MpiOp op] => _ops[(int)op];

    /// <summary>Returns the handles of a loaded library.</summary>
    public static MpiHandles Of(nint library) =>
        NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out var world) ? OfOpenMpi(library, world) : OfMpich();

    private static MpiHandles OfOpenMpi(nint library, nint world)
    {
        nint Address(string name) => NativeLibrary.GetExport(library, name);
        return new MpiHandles(
            world, Address("ompi_mpi_errors_return"), inPlace: 1,
            [
                Address("ompi_mpi_byte"), Address("ompi_mpi_signed_char"), Address("ompi_mpi_unsigned_char"), Address("ompi_mpi_short"),
                Address("ompi_mpi_int"), Address("ompi_mpi_long_long_int"), Address("ompi_mpi_float"), Address("ompi_mpi_double"),
            ],
            [
                Address("ompi_mpi_op_sum"), Address("ompi_mpi_op_prod"), Address("ompi_mpi_op_min"), Address("ompi_mpi_op_max"),
                Address("ompi_mpi_op_band"), Address("ompi_mpi_op_bor"), Address("ompi_mpi_op_bxor"),
            ]);
    }

    private static MpiHandles OfMpich() => new(
        world: 0x44000000, errorsReturn: 0x54000001, inPlace: -1,
        [0x4c00010d, 0x4c000118, 0x4c000102, 0x4c000203, 0x4c000405, 0x4c000809, 0x4c00040a, 0x4c00080b],
        [0x58000003, 0x58000004, 0x58000002, 0x58000001, 0x58000006, 0x58000008, 0x5800000a]);
}
