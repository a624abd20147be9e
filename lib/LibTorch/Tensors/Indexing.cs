using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// Part of the tensor, by one index a dimension: numbers (also from the end), ranges, <see cref="TensorIndex.Ellipsis"/>,
        /// <see cref="TensorIndex.None"/>, and tensors of positions or truth values. Numbers and ranges share memory with the tensor.
        /// </summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get
            {
                var view = Pick(indices, out var positions);
                if (positions is null)
                    return view;
                using (view)
                    return Aten.Call("index.Tensor", view, positions);
            }
            set
            {
                using var view = Pick(indices, out var positions);
                if (positions is null)
                    view.copy_(value);
                else
                    Aten.Do("index_put_", view, positions, value, false);
            }
        }

        /// <summary>Part of the tensor at one position of its first dimension, which may count from the end; shares its memory.</summary>
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set
            {
                using var view = select(0, i1);
                view.copy_(value);
            }
        }

        /// <summary>Takes the elements at the positions of <paramref name="indices"/>, one tensor a dimension.</summary>
        public Tensor index(params Tensor[] indices) => Aten.Call("index.Tensor", this, indices);

        public Tensor index_put_(Tensor value, params Tensor[] indices) => Aten.InPlace("index_put_", this, indices, value, false);

        /// <summary>Applies all but the tensors among the indices; those come back in their places, null for every other dimension.</summary>
        private Tensor Pick(TensorIndex[] indices, out Tensor?[]? positions)
        {
            long taken = 0;
            foreach (var index in indices)
                taken += index.Dimensions;
            var rest = ndim - taken;
            if (rest < 0)
                throw new ArgumentException($"Too many indices: a tensor of shape {Shape(shape)} has {ndim} dimensions, and {taken} were given.");
            List<Tensor?>? places = null;
            var view = this;
            long dim = 0;
            for (var i = 0; i < indices.Length; i++)
            {
                var index = indices[i];
                if (index.IsEllipsis)
                {
                    dim += rest;
                }
                else if (index.Tensor is { } tensor)
                {
                    // null stands for every dimension before it that is taken whole
                    places ??= [.. Enumerable.Repeat<Tensor?>(null, (int)dim)];
                    places.Add(tensor);
                    dim += index.Dimensions;
                    continue;
                }
                else
                {
                    view = Narrower(view, index, dim);
                    if (index.IsNumber)
                        continue;
                    dim++;
                }
                places?.AddRange(Enumerable.Repeat<Tensor?>(null, index.IsEllipsis ? (int)rest : 1));
            }
            positions = places is null ? null : [.. places];
            return ReferenceEquals(view, this) ? alias() : view;
        }

        /// <summary>Applies an index to a view, which is dropped, if it is not the tensor itself.</summary>
        private Tensor Narrower(Tensor view, TensorIndex index, long dim)
        {
            try
            {
                return index.Apply(view, dim);
            }
            finally
            {
                if (!ReferenceEquals(view, this))
                    view.Dispose();
            }
        }
    }
}
