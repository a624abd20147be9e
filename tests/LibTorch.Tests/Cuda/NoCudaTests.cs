using System.Runtime.InteropServices;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace LibTorch.Tests.Cuda;

/// <summary>What a machine without CUDA gets to hear. Where there is CUDA, nothing is missing and these tests say nothing.</summary>
public sealed class NoCudaTests
{
    public static TheoryData<string, Action> Calls => new()
    {
        { "current_device", () => cuda.current_device() },
        { "set_device", () => cuda.set_device(device("cuda:0")) },
        { "get_device_name", () => cuda.get_device_name() },
        { "get_device_capability", () => cuda.get_device_capability() },
        { "synchronize", () => cuda.synchronize() },
        { "memory_allocated", () => cuda.memory_allocated() },
        { "max_memory_allocated", () => cuda.max_memory_allocated() },
        { "memory_reserved", () => cuda.memory_reserved() },
        { "max_memory_reserved", () => cuda.max_memory_reserved() },
        { "reset_peak_memory_stats", () => cuda.reset_peak_memory_stats() },
        { "empty_cache", cuda.empty_cache },
        { "current_stream", () => cuda.current_stream() },
        { "default_stream", () => cuda.default_stream() },
        { "Stream", () => _ = new cuda.Stream() },
        { "Event", () => new cuda.Event().Dispose() },
        { "CUDAGraph", () => new cuda.CUDAGraph().Dispose() },
        { "pin_memory", () => ones(2).pin_memory() },
        { "CUDA", () => _ = CUDA },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_that_needs_cuda_says_that_there_is_none(string name, Action call)
    {
        if (cuda.is_available())
            return;
        var error = Assert.Throws<NotSupportedException>(call);
        Assert.True(error.Message.Contains("torch.cuda.is_available() is false", StringComparison.Ordinal), name);
    }

    [Fact]
    public void Seeding_cuda_is_no_error_where_there_is_none()
    {
        cuda.manual_seed(1);
        cuda.manual_seed_all(1);
    }

    [Fact]
    public void A_tensor_cannot_go_to_a_device_that_is_not_there()
    {
        if (cuda.is_available())
            return;
        using var tensor = ones(2);
        Assert.Throws<NotSupportedException>(() => tensor.cuda());
        Assert.ThrowsAny<ExternalException>(() => tensor.to(device("cuda:0")));
    }

    [Fact]
    public unsafe void The_entries_themselves_fail_with_a_reason_where_no_device_has_registered()
    {
        if (cuda.is_available())
            return;
        int before;
        Queue queue;
        nint made;
        var statistics = stackalloc long[4];
        Assert.Equal(1, Door.door_device_exchange(1, -1, &before));
        Assert.Equal(1, Door.door_device_seed(1, 0, 1));
        Assert.Equal(1, Door.door_cuda_synchronize(0));
        Assert.Equal(1, Door.door_stream(1, -1, 0, &queue));
        Assert.Equal(1, Door.door_stream_exchange(new Queue(1, 0, 0), &queue));
        Assert.Equal(1, Door.door_stream_synchronize(new Queue(1, 0, 0)));
        Assert.Equal(1, Door.door_event_new(1, 0, &made));
        Assert.Equal(1, Door.door_memory_statistics(1, 0, statistics));
        Assert.Equal(1, Door.door_memory_reset_peak(1, 0));
        Assert.Equal(1, Door.door_memory_empty_cache(1));
        Assert.Equal(1, Door.door_graph_new(&made));
        Assert.NotEqual("", Marshal.PtrToStringUTF8((nint)Door.door_error()));
    }

    [Fact]
    public unsafe void The_entries_find_the_streams_of_a_device_that_has_registered()
    {
        const int Cpu = 0;
        Queue current, before;
        int device;
        Door.Check(Door.door_device_exchange(Cpu, -1, &device));
        Door.Check(Door.door_stream(Cpu, -1, 0, &current));
        Assert.Equal(Cpu, current.DeviceType);
        Door.Check(Door.door_stream_exchange(current, &before));
        Assert.Equal(current, before);
    }
}
