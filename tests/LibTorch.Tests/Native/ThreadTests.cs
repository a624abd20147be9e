using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LibTorch.Tests.Native;

public sealed class ThreadTests
{
    [Fact]
    public void Work_that_is_kept_to_one_thread_leaves_the_number_of_threads_as_it_was()
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(3);
            using var model = nn.Linear(4, 4);
            using var optimizer = optim.SGD(model.parameters(), 0.1);
            nn.functional.cross_entropy(model.forward(ones(4, 4)), zeros(4, int64)).backward();
            optimizer.step();
            Assert.Equal(3, get_num_threads());
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void A_product_that_fails_leaves_the_number_of_threads_as_it_was()
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(3);
            using var left = ones(2, 3);
            Assert.Throws<ExternalException>(() => left.mm(left));
            Assert.Equal(3, get_num_threads());
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void Another_thread_has_the_number_that_was_set()
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(3);
            var seen = 0;
            var thread = new Thread(() =>
            {
                using var small = ones(4, 4);
                small.mm(small).Dispose();
                seen = get_num_threads();
            });
            thread.Start();
            thread.Join();
            Assert.Equal(3, seen);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void The_doors_own_loops_are_compiled_to_be_shared_out()
    {
        var door = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libtorchdoor.so"));
        Assert.True(door.AsSpan().IndexOf("GOMP_parallel"u8) >= 0, "No loop of the door calls OpenMP: it was compiled without -fopenmp.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Products_small_and_large_are_right_on_any_number_of_threads(int threads)
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(threads);
            foreach (var size in new[] { 3, 64, 300 })
            {
                using var left = rand(size, size);
                using var right = rand(size, size);
                using var expected = (left.unsqueeze(2) * right.unsqueeze(0)).sum(1);
                Assert.True(left.mm(right).allclose(expected, 1e-4, 1e-4));
                Assert.True(addmm(left, left, right).allclose(expected + left, 1e-4, 1e-4));
            }
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
