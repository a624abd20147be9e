using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Native;

public sealed class ThreadLimitTests
{
    private const int Threads = 3;

    [FactOnLinux]
    public void The_limit_ends_with_its_scope()
    {
        var before = get_num_threads();
        set_num_threads(Threads);
        try
        {
            using (ThreadLimit.ToOne())
                Assert.Equal(1, get_num_threads());
            Assert.Equal(Threads, get_num_threads());
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [FactOnLinux]
    public void Threads_that_start_meanwhile_have_no_limit()
    {
        var before = get_num_threads();
        set_num_threads(Threads);
        try
        {
            var other = 0;
            var thread = new Thread(() => other = get_num_threads());
            using (ThreadLimit.ToOne())
            {
                thread.Start();
                thread.Join();
            }
            Assert.Equal(Threads, other);
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
