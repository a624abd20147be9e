using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp
{
    /// <summary>Adds <c>torch.nn.fused</c>, modules with fused operators, which TorchSharp lacks.</summary>
    public static class TorchFusedLayers
    {
        private static readonly Modules.Fused.FusedLayers _fused = new();

        extension(torch.nn)
        {
            /// <summary>
            /// Gets the modules with fused operators, as replacements of TorchSharp's modules: <c>torch.nn.fused.Sequential(…)</c>.
            /// </summary>
            public static Modules.Fused.FusedLayers fused => _fused;
        }
    }
}

namespace TorchSharp.Modules.Fused
{
    /// <summary>Creates modules with fused operators: <c>torch.nn.fused</c>.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "An extension property returns the one instance.")]
    public sealed class FusedLayers
    {
        internal FusedLayers()
        {
        }

        /// <summary>Creates an empty sequence, to which layers are appended.</summary>
        public Sequential Sequential() => new(Array.Empty<nn.Module<Tensor, Tensor>>());

        /// <summary>Creates a sequence of layers, which are numbered from 0.</summary>
        /// <param name="modules">The layers.</param>
        public Sequential Sequential(params nn.Module<Tensor, Tensor>[] modules) => new(modules);

        /// <summary>Creates a sequence of named layers.</summary>
        /// <param name="modules">The layers with their names.</param>
        public Sequential Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) => new(modules);

        /// <summary>Creates a sequence of named layers.</summary>
        /// <param name="modules">The layers with their names.</param>
        public Sequential Sequential(IEnumerable<(string name, nn.Module<Tensor, Tensor> submodule)> modules) => new([.. modules]);
    }
}
