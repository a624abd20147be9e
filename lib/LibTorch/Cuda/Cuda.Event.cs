using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class cuda
    {
        /// <summary>A mark in a stream: others can wait for it, and two of them measure time.</summary>
        public sealed class Event : IDisposable
        {
            private nint _handle;

            /// <param name="enable_timing">Keeps the time, for <see cref="elapsed_time"/>.</param>
            public Event(bool enable_timing = false)
            {
                Require();
                nint handle;
                Door.Check(Door.door_event_new((int)DeviceType.CUDA, enable_timing ? 1 : 0, &handle));
                _handle = handle;
            }

            ~Event() => Release();

            private nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Event));

            /// <summary>Puts it behind what a stream, the current one unless told, was given so far.</summary>
            public void record(Stream? stream = null)
            {
                Door.Check(Door.door_event_record(Handle, (stream ?? current_stream()).Queue));
                GC.KeepAlive(this);
            }

            /// <summary>Has what is given to a stream from now on, the current one unless told, wait for this.</summary>
            public void wait(Stream? stream = null)
            {
                Door.Check(Door.door_event_block(Handle, (stream ?? current_stream()).Queue));
                GC.KeepAlive(this);
            }

            /// <summary>Is all done that it was put behind?</summary>
            public bool query()
            {
                int passed;
                Door.Check(Door.door_event_query(Handle, &passed));
                GC.KeepAlive(this);
                return passed != 0;
            }

            /// <summary>Waits until all is done that it was put behind.</summary>
            public void synchronize()
            {
                while (!query())
                    Thread.Yield();
            }

            /// <summary>Milliseconds from this to another; both must keep the time and be done.</summary>
            /// <exception cref="ExternalException">They do not, or libtorch is older than 2.6.</exception>
            public double elapsed_time(Event end)
            {
                ArgumentNullException.ThrowIfNull(end);
                double milliseconds;
                Door.Check(Door.door_event_elapsed(Handle, end.Handle, &milliseconds));
                GC.KeepAlive(this);
                GC.KeepAlive(end);
                return milliseconds;
            }

            public void Dispose()
            {
                Release();
                GC.SuppressFinalize(this);
            }

            private void Release()
            {
                if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0)
                    Door.door_event_release(handle);
            }
        }
    }
}
