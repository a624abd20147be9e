namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>What becomes of the values of all processes, numbered as in c10d.</summary>
        public enum ReduceOp
        {
            SUM,

            /// <summary>The mean; only NCCL has it.</summary>
            AVG,
            PRODUCT,
            MIN,
            MAX,

            /// <summary>Bits that all have; whole numbers only, as for the other two.</summary>
            BAND,
            BOR,
            BXOR,
        }
    }
}
