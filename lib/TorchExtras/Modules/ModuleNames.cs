using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Extends the interface that the children of a <c>Sequential</c> are returned as.</summary>
public static class ModuleNames
{
    extension(nn.IModule<Tensor, Tensor> module)
    {
        /// <summary>Returns the name of the module's type, as <c>nn.Module.GetName</c> does.</summary>
        public string GetName() => module is nn.Module known ? known.GetName() : module.GetType().Name;
    }
}
