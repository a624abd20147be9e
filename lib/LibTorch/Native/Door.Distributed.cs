using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>What several processes do together, as native/distributed.cpp numbers it.</summary>
internal enum Collective
{
    AllReduce,
    Broadcast,
    Reduce,
    AllGather,
    Gather,
    Scatter,
    Barrier,
}

/// <content>The entries of native/distributed.cpp.</content>
internal static unsafe partial class Door
{
    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int door_backends();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int door_store_connect(string host, int port, int isServer, int loopback, long timeout, nint* store, int* bound);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int door_store_prefix(nint store, string prefix, nint* prefixed);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int door_store_set(nint store, string key, byte* value, int count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int door_store_get(nint store, string key, nint* value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int door_store_add(nint store, string key, long amount, long* sum);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int door_store_check(nint store, string key, int* exists);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int door_store_wait(nint store, string key, long timeout);

    [LibraryImport(Library)]
    internal static partial void door_store_release(nint store);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int door_group_create(
        string backend, nint store, int rank, int size, long timeout, string interfaces, string host, nint* group);

    [LibraryImport(Library)]
    internal static partial void door_group_release(nint group);

    [LibraryImport(Library)]
    internal static partial int door_collective(
        nint group, Collective kind, nint* outputs, int outputCount, nint* inputs, int inputCount, int op, int root, nint* work);

    [LibraryImport(Library)]
    internal static partial int door_work_wait(nint work, long timeout);

    [LibraryImport(Library)]
    internal static partial int door_work_completed(nint work, int* completed);

    [LibraryImport(Library)]
    internal static partial void door_work_release(nint work);

    [LibraryImport(Library)]
    internal static partial int door_broadcast_coalesced(nint group, nint* tensors, int count, long bufferBytes, int root);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int door_reducer_create(
        nint group, nint* parameters, int count, string[] names, long firstBucketBytes, long bucketBytes, int findUnused, int bucketViews,
        int staticGraph, nint* reducer);

    [LibraryImport(Library)]
    internal static partial int door_reducer_before_forward(nint reducer, int averaging);

    [LibraryImport(Library)]
    internal static partial int door_reducer_before_backward(nint reducer, nint* outputs, int count);

    [LibraryImport(Library)]
    internal static partial void door_reducer_release(nint reducer);
}
