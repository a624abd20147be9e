using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Cuda;

public sealed class CudaTests
{
    [FactWithCuda]
    public void Devices_have_numbers_names_and_capabilities()
    {
        Assert.InRange(cuda.current_device(), 0, cuda.device_count() - 1);
        Assert.NotEqual("", cuda.get_device_name());
        Assert.True(cuda.get_device_capability().major > 0);
        cuda.set_device(device("cuda:0"));
        Assert.Equal(0, cuda.current_device());
        Assert.Throws<ArgumentException>(() => cuda.set_device(device(DeviceType.CUDA, cuda.device_count())));
    }

    [FactWithCuda]
    public void A_step_gives_what_it_gives_on_the_cpu()
    {
        using var left = rand([64, 32]);
        using var right = rand([32, 16]);
        using var onCpu = left.mm(right);
        using var onCuda = left.cuda().mm(right.cuda());
        cuda.synchronize();
        Assert.True(onCuda.is_cuda);
        Assert.True(onCuda.cpu().allclose(onCpu, 1e-3, 1e-3));
    }

    [FactWithCuda]
    public void Seeds_repeat_the_numbers_of_a_device()
    {
        cuda.manual_seed(7);
        using var first = rand([8], device: CUDA);
        cuda.manual_seed_all(7);
        using var again = rand([8], device: CUDA);
        Assert.True(first.allclose(again, 0, 0));
        manual_seed(7);
        using var fromTheCommonSeed = rand([8], device: CUDA);
        Assert.True(first.allclose(fromTheCommonSeed, 0, 0));
    }

    [FactWithCuda]
    public void Memory_is_counted()
    {
        var before = cuda.memory_allocated();
        using (zeros(1 << 20, device: CUDA))
            Assert.True(cuda.memory_allocated() - before >= 4 << 20);
        Assert.Equal(before, cuda.memory_allocated());
        Assert.True(cuda.max_memory_allocated() - before >= 4 << 20);
        Assert.True(cuda.memory_reserved() >= cuda.memory_allocated());
        cuda.reset_peak_memory_stats();
        Assert.Equal(cuda.memory_allocated(), cuda.max_memory_allocated());
        cuda.empty_cache();
        Assert.True(cuda.max_memory_reserved() >= cuda.memory_reserved());
    }

    [FactWithCuda]
    public void Work_goes_to_the_stream_that_is_current()
    {
        var usual = cuda.current_stream();
        Assert.Equal(cuda.default_stream(), usual);
        var other = new cuda.Stream();
        using var values = ones(1 << 20, device: CUDA);
        other.wait_stream(usual);
        Tensor sum;
        using (cuda.stream(other))
        {
            Assert.Equal(other, cuda.current_stream());
            sum = values.sum();
        }
        Assert.Equal(usual, cuda.current_stream());
        other.synchronize();
        Assert.True(other.query());
        Assert.Equal(1 << 20, sum.ToSingle());
    }

    [FactWithCuda]
    public void Events_measure_time()
    {
        using var start = new cuda.Event(enable_timing: true);
        using var end = new cuda.Event(enable_timing: true);
        using var matrix = rand([1024, 1024], device: CUDA);
        start.record();
        using var product = matrix.mm(matrix);
        end.record();
        end.synchronize();
        Assert.True(end.query());
        Assert.True(start.elapsed_time(end) > 0);
    }

    [FactWithCuda]
    public void A_captured_graph_replays_on_new_values()
    {
        using var given = ones(16, device: CUDA);
        using var warm = given * 2;
        using var graph = new cuda.CUDAGraph();
        Tensor result;
        using (cuda.graph(graph))
            result = given * 2 + 1;
        given.fill_(5);
        graph.replay();
        cuda.synchronize();
        Assert.Equal(11, result[3].ToSingle());
        graph.reset();
    }

    [FactWithCuda]
    public void Pinned_memory_is_pinned()
    {
        using var pinned = ones(16).pin_memory();
        Assert.True(pinned.is_pinned());
        using var moved = pinned.to(CUDA, non_blocking: true);
        Assert.True(moved.cpu().allclose(pinned));
    }
}
