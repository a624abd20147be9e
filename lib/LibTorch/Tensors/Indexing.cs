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

        /// <summary>Takes the elements at the positions of <paramref name="indices"/>, one tensor a dimension.</summary>
        public Tensor index(params Tensor[] indices) => Aten.Call("index.Tensor", this, indices);

        public Tensor index_put_(Tensor value, params Tensor[] indices) => Aten.InPlace("index_put_", this, indices, value, false);

        /// <summary>Applies all but the tensors among the indices; those come back in their places, null for every other dimension.</summary>
        private Tensor Pick(TensorIndex[] indices, out Tensor?[]? positions)
        {
            var taken = indices.Sum(index => index.Dimensions);
            var rest = ndim - taken;
            if (rest < 0)
                throw new ArgumentException($"Too many indices: a tensor of shape {Shape(shape)} has {ndim} dimensions, and {taken} were given.");
            List<Tensor?> places = [];
            var view = alias();
            long dim = 0;
            foreach (var index in indices)
            {
                if (index.IsEllipsis)
                {
                    places.AddRange(Enumerable.Repeat<Tensor?>(null, (int)rest));
                    dim += rest;
                }
                else if (index.Tensor is { } tensor)
                {
                    places.Add(tensor);
                    dim += index.Dimensions;
                }
                else
                {
                    using var whole = view;
                    view = index.Apply(whole, dim);
                    if (index.IsNumber)
                        continue;
                    places.Add(null);
                    dim++;
                }
            }
            positions = places.Exists(place => place is not null) ? [.. places] : null;
            return view;
        }
    }
}
