using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.Native;

/// <summary>The entries of the native door, as native/*.cpp declares them. All but the trivial ones return 0, or 1 with a reason in <see cref="door_error"/>.</summary>
internal static unsafe partial class Door
{
    private const string Library = "torchdoor";

    /// <summary>Live bytes of CPU tensor memory, counted by the door's allocator.</summary>
    internal static readonly long* LiveBytes;

    /// <summary>The version of libtorch that the door was compiled for.</summary>
    internal static readonly string LibTorchVersion;

    static Door()
    {
        Threads.ShortenSpinning();
        Threads.PreferSharedThreads();
        NativeLibrary.SetDllImportResolver(typeof(Door).Assembly, Resolve);
        long* bytes;
        byte* version;
        Check(door_initialize(Threads.Default, &bytes, &version));
        LiveBytes = bytes;
        LibTorchVersion = Marshal.PtrToStringUTF8((nint)version)!;
    }

    [SuppressMessage("Usage", "CA2201", Justification = "TorchSharp's users catch this type")]
    internal static void Check(int failed)
    {
        if (failed == 0)
            return;
        Callback.ThrowPending();
        var reason = Marshal.PtrToStringUTF8((nint)door_error())!;
        throw torch.distributed.Explain(reason) ?? new ExternalException(reason);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
            return 0;
        var path = DoorFile.Find(assembly);
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException error)
        {
            throw new DllNotFoundException(
                $"The native door to libtorch, {path}, cannot be loaded: it is missing, or was built for another libtorch. "
                + $"Build again on this machine (in a checkout: ./nb setup, which installs libtorch too). ({error.Message.ReplaceLineEndings(" ")})", error);
        }
    }

    [LibraryImport(Library)]
    private static partial int door_initialize(int threads, long** bytes, byte** version);

    [LibraryImport(Library)]
    internal static partial byte* door_error();

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long door_most_live_bytes();

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void door_forget_most_live_bytes();

    [LibraryImport(Library)]
    internal static partial void door_free_handles(nint* handles);

    [LibraryImport(Library)]
    internal static partial int door_find_operator(byte* name, byte* overload, nint* found);

    [LibraryImport(Library)]
    internal static partial int door_call(nint op, Value* arguments, int count, Value* results, int room, int* resultCount);

    [LibraryImport(Library)]
    internal static partial void door_release(nint tensor);

    [LibraryImport(Library)]
    internal static partial int door_alias(nint tensor, nint* same);

    [LibraryImport(Library)]
    internal static partial int door_info(nint tensor, TensorInfo* info);

    [LibraryImport(Library)]
    internal static partial int door_data(nint tensor, void** data);

    [LibraryImport(Library)]
    internal static partial int door_item(nint tensor, int scalarType, void** element);

    [LibraryImport(Library)]
    internal static partial int door_from_blob(
        void* data, long* sizes, int dimensions, int scalarType, delegate* unmanaged<nint, void> deleter, nint context, nint* tensor);

    [LibraryImport(Library)]
    internal static partial int door_backward(
        nint* tensors, int count, nint* gradients, int gradientCount, int retainGraph, int createGraph, nint* inputs, int inputCount);

    [LibraryImport(Library)]
    internal static partial int door_grad(
        nint* outputs, int count, nint* inputs, int inputCount, nint* gradients, int gradientCount,
        int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library)]
    internal static partial int door_gradient(nint tensor, nint* gradient);

    [LibraryImport(Library)]
    internal static partial int door_set_gradient(nint tensor, nint gradient);

    [LibraryImport(Library)]
    internal static partial int door_set_requires_grad(nint tensor, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial int door_attach(
        nint* inputs, int inputCount, nint* outputs, int outputCount, byte* differentiable,
        delegate* unmanaged<nint, nint*, int, nint*, int, int> callback, delegate* unmanaged<nint, void> release, nint context,
        int materialize, int* attached);

    [LibraryImport(Library)]
    internal static partial int door_register_hook(
        nint tensor, delegate* unmanaged<nint, nint*, int, nint*, int, int> callback, delegate* unmanaged<nint, void> release, nint context,
        uint* position);

    [LibraryImport(Library)]
    internal static partial int door_remove_hook(nint tensor, uint position);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int door_grad_enabled();

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void door_set_grad_enabled(int enabled);

    [LibraryImport(Library)]
    internal static partial nint door_enter_inference_mode(int enabled);

    [LibraryImport(Library)]
    internal static partial void door_leave_inference_mode(nint mode);

    [LibraryImport(Library)]
    internal static partial int door_autocast(int deviceType, int enter, int* on, int* scalarType);

    [LibraryImport(Library)]
    internal static partial int door_set_num_threads(int threads);

    [LibraryImport(Library)]
    internal static partial int door_num_threads();

    [LibraryImport(Library)]
    internal static partial int door_manual_seed(ulong seed);

    [LibraryImport(Library)]
    internal static partial int door_new_generator(ulong seed, nint* generator);

    [LibraryImport(Library)]
    internal static partial int door_default_generator(nint* generator);

    [LibraryImport(Library)]
    internal static partial int door_generator_seed(nint generator, int set, ulong* seed);

    [LibraryImport(Library)]
    internal static partial int door_generator_state(nint generator, nint state, nint* current);

    [LibraryImport(Library)]
    internal static partial void door_release_generator(nint generator);

    [LibraryImport(Library)]
    internal static partial int door_cuda_devices();
}
