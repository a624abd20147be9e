using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>
        /// A collective under way, as <c>async_op: true</c> returns it. Its tensors are not to be touched before <see cref="wait"/>.
        /// </summary>
        public sealed unsafe class Work : IDisposable
        {
            private nint _handle;

            internal Work(nint handle) => _handle = handle;

            ~Work() => Release();

            private nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Work));

            public bool is_completed()
            {
                int completed;
                Door.Check(Door.door_work_completed(Handle, &completed));
                GC.KeepAlive(this);
                return completed != 0;
            }

            /// <summary>Waits until the collective is done on this process; on CUDA, until what comes after it is in order.</summary>
            /// <param name="timeout">How long; as long as the group has, when left out.</param>
            /// <exception cref="DistBackendError">Another process is gone, or did not come in time.</exception>
            public void wait(TimeSpan? timeout = null)
            {
                Door.Check(Door.door_work_wait(Handle, timeout is { } given ? Milliseconds(given) : 0));
                GC.KeepAlive(this);
            }

            public void Dispose()
            {
                Release();
                GC.SuppressFinalize(this);
            }

            private void Release()
            {
                if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0)
                    Door.door_work_release(handle);
            }
        }
    }
}
