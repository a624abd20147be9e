using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class cuda
    {
        public static Stream current_stream(Device? device = null) => Find(device, 0);

        public static Stream default_stream(Device? device = null) => Find(device, 1);

        /// <summary>Makes a stream the one that this thread's work on its device goes to.</summary>
        public static void set_stream(Stream stream)
        {
            ArgumentNullException.ThrowIfNull(stream);
            Exchange(stream.Queue);
        }

        /// <summary>Until the result is disposed, this thread's work goes to a stream, and its device is the current one.</summary>
        public static StreamContext stream(Stream stream)
        {
            ArgumentNullException.ThrowIfNull(stream);
            return new StreamContext(stream);
        }

        private static Stream Find(Device? device, int kind)
        {
            Queue queue;
            Door.Check(Door.door_stream((int)DeviceType.CUDA, Index(device), kind, &queue));
            return new Stream(queue);
        }

        private static Queue Exchange(Queue queue)
        {
            Queue before;
            Door.Check(Door.door_stream_exchange(queue, &before));
            return before;
        }

        /// <summary>
        /// Work on a device that is done in order; that of different streams may overlap. See
        /// <see href="https://pytorch.org/docs/stable/notes/cuda.html#cuda-streams">PyTorch's notes</see> on what must then wait for what.
        /// </summary>
#pragma warning disable CA1711 // PyTorch's name
        public sealed class Stream : IEquatable<Stream>
#pragma warning restore CA1711
        {
            /// <param name="device">Its device; the current one unless told.</param>
            /// <param name="priority">Below zero is a higher priority.</param>
            public Stream(Device? device = null, int priority = 0)
                : this(Find(device, priority < 0 ? 3 : 2).Queue)
            {
            }

            internal Stream(Queue queue)
            {
                Queue = queue;
            }

            public Device device => new((DeviceType)Queue.DeviceType, Queue.DeviceIndex);

            internal Queue Queue { get; }

            /// <summary>Is all its work done?</summary>
            public bool query()
            {
                int idle;
                Door.Check(Door.door_stream_query(Queue, &idle));
                return idle != 0;
            }

            /// <summary>Waits until all its work is done.</summary>
            public void synchronize() => Door.Check(Door.door_stream_synchronize(Queue));

            /// <summary>Has what is given to this stream from now on wait for an event.</summary>
            public void wait_event(Event awaited)
            {
                ArgumentNullException.ThrowIfNull(awaited);
                awaited.wait(this);
            }

            /// <summary>Has what is given to this stream from now on wait for what another was given so far.</summary>
            public void wait_stream(Stream other)
            {
                ArgumentNullException.ThrowIfNull(other);
                using var reached = other.record_event();
                reached.wait(this);
            }

            /// <summary>Puts an event, a new one unless told, behind what this stream was given so far.</summary>
            public Event record_event(Event? recorded = null)
            {
                recorded ??= new Event();
                recorded.record(this);
                return recorded;
            }

            public bool Equals(Stream? other) => other is not null && other.Queue == Queue;

            public override bool Equals(object? obj) => Equals(obj as Stream);

            public override int GetHashCode() => Queue.GetHashCode();

            public override string ToString() => $"torch.cuda.Stream device={device} id={Queue.Id}";
        }

        /// <summary>Puts the stream and the device back that were the current ones.</summary>
        public sealed class StreamContext : IDisposable
        {
            private readonly int _device;
            private readonly Queue _queue;
            private bool _left;

            internal StreamContext(Stream stream)
            {
                _device = cuda.Exchange(stream.Queue.DeviceIndex);
                _queue = cuda.Exchange(stream.Queue);
            }

            public void Dispose()
            {
                if (_left)
                    return;
                _left = true;
                cuda.Exchange(_queue);
                cuda.Exchange(_device);
            }
        }
    }
}
