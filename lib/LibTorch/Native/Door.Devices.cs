using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>A stream of a device; mirrors devices.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Queue(int DeviceType, int DeviceIndex, long Id);

internal static unsafe partial class Door
{
    [LibraryImport(Library)]
    internal static partial int door_device_exchange(int type, int index, int* before);

    [LibraryImport(Library)]
    internal static partial int door_device_seed(int type, int index, ulong seed);

    [LibraryImport(Library)]
    internal static partial int door_cuda_synchronize(int index);

    [LibraryImport(Library)]
    internal static partial int door_stream(int type, int index, int kind, Queue* queue);

    [LibraryImport(Library)]
    internal static partial int door_stream_exchange(Queue queue, Queue* before);

    [LibraryImport(Library)]
    internal static partial int door_stream_query(Queue queue, int* idle);

    [LibraryImport(Library)]
    internal static partial int door_stream_synchronize(Queue queue);

    [LibraryImport(Library)]
    internal static partial int door_event_new(int type, int timing, nint* made);

    [LibraryImport(Library)]
    internal static partial void door_event_release(nint released);

    [LibraryImport(Library)]
    internal static partial int door_event_record(nint recorded, Queue queue);

    [LibraryImport(Library)]
    internal static partial int door_event_block(nint awaited, Queue queue);

    [LibraryImport(Library)]
    internal static partial int door_event_query(nint asked, int* passed);

    [LibraryImport(Library)]
    internal static partial int door_event_elapsed(nint start, nint end, double* milliseconds);

    [LibraryImport(Library)]
    internal static partial int door_memory_statistics(int type, int index, long* statistics);

    [LibraryImport(Library)]
    internal static partial int door_memory_reset_peak(int type, int index);

    [LibraryImport(Library)]
    internal static partial int door_memory_empty_cache(int type);

    [LibraryImport(Library)]
    internal static partial int door_graph_new(nint* graph);

    [LibraryImport(Library)]
    internal static partial void door_graph_release(nint graph);

    [LibraryImport(Library)]
    internal static partial int door_graph_begin(nint graph);

    [LibraryImport(Library)]
    internal static partial int door_graph_end(nint graph);

    [LibraryImport(Library)]
    internal static partial int door_graph_replay(nint graph);

    [LibraryImport(Library)]
    internal static partial int door_graph_reset(nint graph);
}
