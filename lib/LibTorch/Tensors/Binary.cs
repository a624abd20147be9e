using TorchSharp.Native;

namespace TorchSharp;

// Operators of two operands, broadcast: method, in-place method, function.
public static partial class torch
{
    public static Tensor add(Tensor left, Tensor right) => left.add(right);

    public static Tensor add(Tensor left, Scalar right) => left.add(right);

    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);

    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);

    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);

    public static Tensor sub(Tensor left, Tensor right, Scalar alpha) => left.sub(right, alpha);

    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);

    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);

    public static Tensor div(Tensor left, Tensor right) => left.div(right);

    public static Tensor div(Tensor left, Scalar right) => left.div(right);

    public static Tensor pow(Tensor left, Tensor right) => left.pow(right);

    public static Tensor pow(Tensor left, Scalar right) => left.pow(right);

    public static Tensor remainder(Tensor left, Tensor right) => left.remainder(right);

    public static Tensor remainder(Tensor left, Scalar right) => left.remainder(right);

    public static Tensor fmod(Tensor left, Tensor right) => left.fmod(right);

    public static Tensor fmod(Tensor left, Scalar right) => left.fmod(right);

    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);

    public static Tensor eq(Tensor left, Scalar right) => left.eq(right);

    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);

    public static Tensor ne(Tensor left, Scalar right) => left.ne(right);

    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);

    public static Tensor lt(Tensor left, Scalar right) => left.lt(right);

    public static Tensor le(Tensor left, Tensor right) => left.le(right);

    public static Tensor le(Tensor left, Scalar right) => left.le(right);

    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);

    public static Tensor gt(Tensor left, Scalar right) => left.gt(right);

    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);

    public static Tensor ge(Tensor left, Scalar right) => left.ge(right);

    public static Tensor maximum(Tensor left, Tensor right) => left.maximum(right);

    public static Tensor minimum(Tensor left, Tensor right) => left.minimum(right);

    public static Tensor atan2(Tensor left, Tensor right) => left.atan2(right);

    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);

    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);

    public static Tensor logical_xor(Tensor left, Tensor right) => left.logical_xor(right);

    public static Tensor bitwise_and(Tensor left, Tensor right) => left.bitwise_and(right);

    public static Tensor bitwise_or(Tensor left, Tensor right) => left.bitwise_or(right);

    public static Tensor bitwise_xor(Tensor left, Tensor right) => left.bitwise_xor(right);

    public partial class Tensor
    {
        public Tensor add(Tensor target) => Aten.Call("add.Tensor", this, target);

        public Tensor add(Tensor target, Scalar alpha) => Aten.Call("add.Tensor", this, target, alpha);

        public Tensor add(Scalar scalar) => Aten.Call("add.Scalar", this, scalar);

        public Tensor add_(Tensor target) => Aten.InPlace("add_.Tensor", this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Aten.InPlace("add_.Tensor", this, target, alpha);

        public Tensor add_(Scalar scalar) => Aten.InPlace("add_.Scalar", this, scalar);

        public Tensor sub(Tensor target) => Aten.Call("sub.Tensor", this, target);

        public Tensor sub(Tensor target, Scalar alpha) => Aten.Call("sub.Tensor", this, target, alpha);

        public Tensor sub(Scalar scalar) => Aten.Call("sub.Scalar", this, scalar);

        public Tensor sub_(Tensor target) => Aten.InPlace("sub_.Tensor", this, target);

        public Tensor sub_(Tensor target, Scalar alpha) => Aten.InPlace("sub_.Tensor", this, target, alpha);

        public Tensor sub_(Scalar scalar) => Aten.InPlace("sub_.Scalar", this, scalar);

        public Tensor mul(Tensor target) => Aten.Call("mul.Tensor", this, target);

        public Tensor mul(Scalar scalar) => Aten.Call("mul.Scalar", this, scalar);

        public Tensor mul_(Tensor target) => Aten.InPlace("mul_.Tensor", this, target);

        public Tensor mul_(Scalar scalar) => Aten.InPlace("mul_.Scalar", this, scalar);

        public Tensor div(Tensor target) => Aten.Call("div.Tensor", this, target);

        public Tensor div(Scalar scalar) => Aten.Call("div.Scalar", this, scalar);

        public Tensor div_(Tensor target) => Aten.InPlace("div_.Tensor", this, target);

        public Tensor div_(Scalar scalar) => Aten.InPlace("div_.Scalar", this, scalar);

        public Tensor pow(Tensor target) => Aten.Call("pow.Tensor_Tensor", this, target);

        public Tensor pow(Scalar scalar) => Aten.Call("pow.Tensor_Scalar", this, scalar);

        public Tensor pow_(Tensor target) => Aten.InPlace("pow_.Tensor", this, target);

        public Tensor pow_(Scalar scalar) => Aten.InPlace("pow_.Scalar", this, scalar);

        public Tensor remainder(Tensor target) => Aten.Call("remainder.Tensor", this, target);

        public Tensor remainder(Scalar scalar) => Aten.Call("remainder.Scalar", this, scalar);

        public Tensor remainder_(Tensor target) => Aten.InPlace("remainder_.Tensor", this, target);

        public Tensor remainder_(Scalar scalar) => Aten.InPlace("remainder_.Scalar", this, scalar);

        public Tensor fmod(Tensor target) => Aten.Call("fmod.Tensor", this, target);

        public Tensor fmod(Scalar scalar) => Aten.Call("fmod.Scalar", this, scalar);

        public Tensor fmod_(Tensor target) => Aten.InPlace("fmod_.Tensor", this, target);

        public Tensor fmod_(Scalar scalar) => Aten.InPlace("fmod_.Scalar", this, scalar);

        public Tensor eq(Tensor target) => Aten.Call("eq.Tensor", this, target);

        public Tensor eq(Scalar scalar) => Aten.Call("eq.Scalar", this, scalar);

        public Tensor ne(Tensor target) => Aten.Call("ne.Tensor", this, target);

        public Tensor ne(Scalar scalar) => Aten.Call("ne.Scalar", this, scalar);

        public Tensor lt(Tensor target) => Aten.Call("lt.Tensor", this, target);

        public Tensor lt(Scalar scalar) => Aten.Call("lt.Scalar", this, scalar);

        public Tensor le(Tensor target) => Aten.Call("le.Tensor", this, target);

        public Tensor le(Scalar scalar) => Aten.Call("le.Scalar", this, scalar);

        public Tensor gt(Tensor target) => Aten.Call("gt.Tensor", this, target);

        public Tensor gt(Scalar scalar) => Aten.Call("gt.Scalar", this, scalar);

        public Tensor ge(Tensor target) => Aten.Call("ge.Tensor", this, target);

        public Tensor ge(Scalar scalar) => Aten.Call("ge.Scalar", this, scalar);

        public Tensor maximum(Tensor other) => Aten.Call("maximum", this, other);

        public Tensor minimum(Tensor other) => Aten.Call("minimum", this, other);

        public Tensor atan2(Tensor other) => Aten.Call("atan2", this, other);

        public Tensor logical_and(Tensor other) => Aten.Call("logical_and", this, other);

        public Tensor logical_or(Tensor other) => Aten.Call("logical_or", this, other);

        public Tensor logical_xor(Tensor other) => Aten.Call("logical_xor", this, other);

        public Tensor bitwise_and(Tensor other) => Aten.Call("bitwise_and.Tensor", this, other);

        public Tensor bitwise_or(Tensor other) => Aten.Call("bitwise_or.Tensor", this, other);

        public Tensor bitwise_xor(Tensor other) => Aten.Call("bitwise_xor.Tensor", this, other);
    }
}
