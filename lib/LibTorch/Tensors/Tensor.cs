using TorchSharp.Display;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A multi-dimensional array of numbers on a device. Members are PyTorch's, under PyTorch's names; see
    /// <see href="https://pytorch.org/docs/stable/tensors.html">torch.Tensor</see>.
    /// </summary>
    [TypeFormatterSource(typeof(TensorFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
    public partial class Tensor : IDisposable
    {
        private TensorReference? _reference;

        internal Tensor(nint handle)
        {
            _reference = TensorReference.Hold(handle);
            DisposeScope.Innermost?.Add(this);
            NativeMemory.Notice();
        }

        /// <summary>Tensors that are neither disposed nor finalized, in the whole process.</summary>
        public static long TotalCount => TensorReference.Count;

        public bool IsInvalid => _reference is null;

        /// <summary>libtorch's own tensor, for this object's lifetime.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public nint Handle => _reference is { } reference
            ? reference.Handle
            : throw new InvalidOperationException("Tensor invalid -- empty handle. It was disposed, by itself or with its scope.");

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal int ScopeIndex { get; set; }

        /// <summary>A tensor around a handle whose reference it takes over; null for the undefined tensor.</summary>
        internal static Tensor? Take(nint handle) => handle == 0 ? null : new Tensor(handle);

        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing) => Release();

        /// <summary>Another object for the same tensor, with a lifetime of its own.</summary>
        public unsafe Tensor alias()
        {
            nint same;
            Door.Check(Door.door_alias(Handle, &same));
            GC.KeepAlive(this);
            return new Tensor(same);
        }

        internal unsafe TensorInfo Info
        {
            get
            {
                TensorInfo info;
                Door.Check(Door.door_info(Handle, &info));
                GC.KeepAlive(this);
                return info;
            }
        }

        /// <summary>Moves the native tensor to another object, as <see cref="Modules.Parameter"/> does; this one becomes invalid.</summary>
        internal nint MoveHandle()
        {
            OwningDisposeScope?.Remove(this);
            return Interlocked.Exchange(ref _reference, null)?.Give() ?? Handle;
        }

        /// <summary>Lets this object stand for another tensor, as a module's parameters do when the module moves to another device.</summary>
        internal void Become(Tensor other)
        {
            other.OwningDisposeScope?.Remove(other);
            Interlocked.Exchange(ref _reference, Interlocked.Exchange(ref other._reference, null))?.Release();
        }

        private void Release()
        {
            if (Interlocked.Exchange(ref _reference, null) is not { } reference)
                return;
            OwningDisposeScope?.Remove(this);
            reference.Release();
        }
    }
}
