using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class cuda
    {
        /// <summary>
        /// Until the result is disposed, work is not done but captured, on a stream of its own. See
        /// <see href="https://pytorch.org/docs/stable/notes/cuda.html#cuda-graphs">PyTorch's notes</see> on what may be captured.
        /// </summary>
        public static IDisposable graph(CUDAGraph cuda_graph, Stream? stream = null)
        {
            ArgumentNullException.ThrowIfNull(cuda_graph);
            return new Capture(cuda_graph, stream ?? new Stream());
        }

        /// <summary>Work that was captured once and is given to the device again as a whole: one call for many operators.</summary>
        /// <remarks>libtorch 2.14's and newer; an older one has it only for programs compiled with CUDA's toolkit.</remarks>
        public sealed class CUDAGraph : IDisposable
        {
            private nint _handle;

            public CUDAGraph()
            {
                Require();
                nint handle;
                Door.Check(Door.door_graph_new(&handle));
                _handle = handle;
            }

            ~CUDAGraph() => Release();

            private nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(CUDAGraph));

            /// <summary>Begins to capture what the current stream, which must not be the default one, is given.</summary>
            public void capture_begin() => Do(Door.door_graph_begin(Handle));

            public void capture_end() => Do(Door.door_graph_end(Handle));

            /// <summary>Does what was captured, on the memory that it was captured with.</summary>
            public void replay() => Do(Door.door_graph_replay(Handle));

            /// <summary>Forgets what was captured.</summary>
            public void reset() => Do(Door.door_graph_reset(Handle));

            public void Dispose()
            {
                Release();
                GC.SuppressFinalize(this);
            }

            private void Do(int failed)
            {
                GC.KeepAlive(this);
                Door.Check(failed);
            }

            private void Release()
            {
                if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0)
                    Door.door_graph_release(handle);
            }
        }

        private sealed class Capture : IDisposable
        {
            private readonly CUDAGraph _graph;
            private readonly StreamContext _context;
            private bool _left;

            public Capture(CUDAGraph graph, Stream stream)
            {
                synchronize();
                _graph = graph;
                _context = cuda.stream(stream);
                try
                {
                    graph.capture_begin();
                }
                catch
                {
                    _context.Dispose();
                    throw;
                }
            }

            public void Dispose()
            {
                if (_left)
                    return;
                _left = true;
                using (_context)
                    _graph.capture_end();
            }
        }
    }
}
