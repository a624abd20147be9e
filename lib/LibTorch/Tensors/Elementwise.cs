using TorchSharp.Native;

namespace TorchSharp;

// Element-wise operators, in each of PyTorch's forms: method, in-place method, function.
public static partial class torch
{
    public static Tensor abs(Tensor input) => input.abs();

    public static Tensor neg(Tensor input) => input.neg();

    public static Tensor exp(Tensor input) => input.exp();

    public static Tensor exp2(Tensor input) => input.exp2();

    public static Tensor expm1(Tensor input) => input.expm1();

    public static Tensor log(Tensor input) => input.log();

    public static Tensor log2(Tensor input) => input.log2();

    public static Tensor log10(Tensor input) => input.log10();

    public static Tensor log1p(Tensor input) => input.log1p();

    public static Tensor sqrt(Tensor input) => input.sqrt();

    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    public static Tensor square(Tensor input) => input.square();

    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    public static Tensor sin(Tensor input) => input.sin();

    public static Tensor cos(Tensor input) => input.cos();

    public static Tensor tan(Tensor input) => input.tan();

    public static Tensor asin(Tensor input) => input.asin();

    public static Tensor acos(Tensor input) => input.acos();

    public static Tensor atan(Tensor input) => input.atan();

    public static Tensor sinh(Tensor input) => input.sinh();

    public static Tensor cosh(Tensor input) => input.cosh();

    public static Tensor tanh(Tensor input) => input.tanh();

    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    public static Tensor relu(Tensor input) => input.relu();

    public static Tensor erf(Tensor input) => input.erf();

    public static Tensor floor(Tensor input) => input.floor();

    public static Tensor ceil(Tensor input) => input.ceil();

    public static Tensor round(Tensor input) => input.round();

    public static Tensor trunc(Tensor input) => input.trunc();

    public static Tensor frac(Tensor input) => input.frac();

    public static Tensor sign(Tensor input) => input.sign();

    public static Tensor isnan(Tensor input) => input.isnan();

    public static Tensor isinf(Tensor input) => input.isinf();

    public static Tensor isfinite(Tensor input) => input.isfinite();

    public static Tensor logical_not(Tensor input) => input.logical_not();

    public static Tensor bitwise_not(Tensor input) => input.bitwise_not();

    public partial class Tensor
    {
        public Tensor abs() => Aten.Call("abs", this);

        public Tensor abs_() => Aten.InPlace("abs_", this);

        public Tensor neg() => Aten.Call("neg", this);

        public Tensor neg_() => Aten.InPlace("neg_", this);

        public Tensor exp() => Aten.Call("exp", this);

        public Tensor exp_() => Aten.InPlace("exp_", this);

        public Tensor exp2() => Aten.Call("exp2", this);

        public Tensor exp2_() => Aten.InPlace("exp2_", this);

        public Tensor expm1() => Aten.Call("expm1", this);

        public Tensor expm1_() => Aten.InPlace("expm1_", this);

        public Tensor log() => Aten.Call("log", this);

        public Tensor log_() => Aten.InPlace("log_", this);

        public Tensor log2() => Aten.Call("log2", this);

        public Tensor log2_() => Aten.InPlace("log2_", this);

        public Tensor log10() => Aten.Call("log10", this);

        public Tensor log10_() => Aten.InPlace("log10_", this);

        public Tensor log1p() => Aten.Call("log1p", this);

        public Tensor log1p_() => Aten.InPlace("log1p_", this);

        public Tensor sqrt() => Aten.Call("sqrt", this);

        public Tensor sqrt_() => Aten.InPlace("sqrt_", this);

        public Tensor rsqrt() => Aten.Call("rsqrt", this);

        public Tensor rsqrt_() => Aten.InPlace("rsqrt_", this);

        public Tensor square() => Aten.Call("square", this);

        public Tensor square_() => Aten.InPlace("square_", this);

        public Tensor reciprocal() => Aten.Call("reciprocal", this);

        public Tensor reciprocal_() => Aten.InPlace("reciprocal_", this);

        public Tensor sin() => Aten.Call("sin", this);

        public Tensor sin_() => Aten.InPlace("sin_", this);

        public Tensor cos() => Aten.Call("cos", this);

        public Tensor cos_() => Aten.InPlace("cos_", this);

        public Tensor tan() => Aten.Call("tan", this);

        public Tensor tan_() => Aten.InPlace("tan_", this);

        public Tensor asin() => Aten.Call("asin", this);

        public Tensor asin_() => Aten.InPlace("asin_", this);

        public Tensor acos() => Aten.Call("acos", this);

        public Tensor acos_() => Aten.InPlace("acos_", this);

        public Tensor atan() => Aten.Call("atan", this);

        public Tensor atan_() => Aten.InPlace("atan_", this);

        public Tensor sinh() => Aten.Call("sinh", this);

        public Tensor sinh_() => Aten.InPlace("sinh_", this);

        public Tensor cosh() => Aten.Call("cosh", this);

        public Tensor cosh_() => Aten.InPlace("cosh_", this);

        public Tensor tanh() => Aten.Call("tanh", this);

        public Tensor tanh_() => Aten.InPlace("tanh_", this);

        public Tensor sigmoid() => Aten.Call("sigmoid", this);

        public Tensor sigmoid_() => Aten.InPlace("sigmoid_", this);

        public Tensor relu() => Aten.Call("relu", this);

        public Tensor relu_() => Aten.InPlace("relu_", this);

        public Tensor erf() => Aten.Call("erf", this);

        public Tensor erf_() => Aten.InPlace("erf_", this);

        public Tensor floor() => Aten.Call("floor", this);

        public Tensor floor_() => Aten.InPlace("floor_", this);

        public Tensor ceil() => Aten.Call("ceil", this);

        public Tensor ceil_() => Aten.InPlace("ceil_", this);

        public Tensor round() => Aten.Call("round", this);

        public Tensor round_() => Aten.InPlace("round_", this);

        public Tensor trunc() => Aten.Call("trunc", this);

        public Tensor trunc_() => Aten.InPlace("trunc_", this);

        public Tensor frac() => Aten.Call("frac", this);

        public Tensor frac_() => Aten.InPlace("frac_", this);

        public Tensor sign() => Aten.Call("sign", this);

        public Tensor sign_() => Aten.InPlace("sign_", this);

        public Tensor isnan() => Aten.Call("isnan", this);

        public Tensor isinf() => Aten.Call("isinf", this);

        public Tensor isfinite() => Aten.Call("isfinite", this);

        public Tensor logical_not() => Aten.Call("logical_not", this);

        public Tensor bitwise_not() => Aten.Call("bitwise_not", this);
    }
}
