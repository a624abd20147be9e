namespace Microsoft.Data.Analysis;

// Numbers of one type stay of that type, of two types they become double (decimal, if one of them is); null with anything is null
public abstract partial class DataFrameColumn
{
    /// <summary>The sum, value by value; strings are joined.</summary>
    /// <param name="column">The other values, as many as here.</param>
    /// <param name="inPlace">Whether this column gets the result; otherwise a new one of the same name does.</param>
    /// <exception cref="ArgumentException">The lengths differ, or this column cannot hold the result in place.</exception>
    /// <exception cref="NotSupportedException">There are values that are no numbers.</exception>
    /// <exception cref="DivideByZeroException">An integer is divided by zero.</exception>
    public DataFrameColumn Add(DataFrameColumn column, bool inPlace = false) => Arithmetic.Of(this, Operation.Add, column, inPlace);

    /// <summary>Each value and <paramref name="value"/>.</summary>
    /// <param name="value">A number; for a column of strings, text.</param>
    /// <param name="inPlace">Whether this column gets the result; otherwise a new one of the same name does.</param>
    /// <inheritdoc cref="Add(DataFrameColumn, bool)"/>
    public DataFrameColumn Add<T>(T value, bool inPlace = false) => Arithmetic.Of(this, Operation.Add, value, inPlace);

    /// <summary>The same with the sides exchanged: <paramref name="value"/> and each value.</summary>
    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public DataFrameColumn ReverseAdd<T>(T value, bool inPlace = false) => Arithmetic.Of(this, Operation.Add, value, inPlace, reverse: true);

    /// <summary>The difference, value by value.</summary>
    /// <inheritdoc cref="Add(DataFrameColumn, bool)"/>
    public DataFrameColumn Subtract(DataFrameColumn column, bool inPlace = false) => Arithmetic.Of(this, Operation.Subtract, column, inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public DataFrameColumn Subtract<T>(T value, bool inPlace = false) => Arithmetic.Of(this, Operation.Subtract, value, inPlace);

    /// <inheritdoc cref="ReverseAdd"/>
    public DataFrameColumn ReverseSubtract<T>(T value, bool inPlace = false) =>
        Arithmetic.Of(this, Operation.Subtract, value, inPlace, reverse: true);

    /// <summary>The product, value by value.</summary>
    /// <inheritdoc cref="Add(DataFrameColumn, bool)"/>
    public DataFrameColumn Multiply(DataFrameColumn column, bool inPlace = false) => Arithmetic.Of(this, Operation.Multiply, column, inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public DataFrameColumn Multiply<T>(T value, bool inPlace = false) => Arithmetic.Of(this, Operation.Multiply, value, inPlace);

    /// <inheritdoc cref="ReverseAdd"/>
    public DataFrameColumn ReverseMultiply<T>(T value, bool inPlace = false) =>
        Arithmetic.Of(this, Operation.Multiply, value, inPlace, reverse: true);

    /// <summary>The quotient, value by value; between integers of one type, the whole part.</summary>
    /// <inheritdoc cref="Add(DataFrameColumn, bool)"/>
    public DataFrameColumn Divide(DataFrameColumn column, bool inPlace = false) => Arithmetic.Of(this, Operation.Divide, column, inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public DataFrameColumn Divide<T>(T value, bool inPlace = false) => Arithmetic.Of(this, Operation.Divide, value, inPlace);

    /// <inheritdoc cref="ReverseAdd"/>
    public DataFrameColumn ReverseDivide<T>(T value, bool inPlace = false) =>
        Arithmetic.Of(this, Operation.Divide, value, inPlace, reverse: true);

    /// <summary>What is left of a division, value by value, with the sign of the dividend.</summary>
    /// <inheritdoc cref="Add(DataFrameColumn, bool)"/>
    public DataFrameColumn Modulo(DataFrameColumn column, bool inPlace = false) => Arithmetic.Of(this, Operation.Modulo, column, inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public DataFrameColumn Modulo<T>(T value, bool inPlace = false) => Arithmetic.Of(this, Operation.Modulo, value, inPlace);

    /// <inheritdoc cref="ReverseAdd"/>
    public DataFrameColumn ReverseModulo<T>(T value, bool inPlace = false) =>
        Arithmetic.Of(this, Operation.Modulo, value, inPlace, reverse: true);

    /// <summary>Whether both are true.</summary>
    /// <param name="column">The other truth values, as many as here.</param>
    /// <param name="inPlace">Whether this column gets the result; otherwise a new one of the same name does.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="NotSupportedException">There are values that are no truth values.</exception>
    public DataFrameColumn And(DataFrameColumn column, bool inPlace = false) => Logic.Of(this, (a, b) => a & b, column, inPlace);

    /// <inheritdoc cref="And(DataFrameColumn, bool)"/>
    public DataFrameColumn And(bool value, bool inPlace = false) => Logic.Of(this, (a, b) => a & b, value, inPlace);

    /// <summary>Whether one is true, or both.</summary>
    /// <inheritdoc cref="And(DataFrameColumn, bool)"/>
    public DataFrameColumn Or(DataFrameColumn column, bool inPlace = false) => Logic.Of(this, (a, b) => a | b, column, inPlace);

    /// <inheritdoc cref="And(DataFrameColumn, bool)"/>
    public DataFrameColumn Or(bool value, bool inPlace = false) => Logic.Of(this, (a, b) => a | b, value, inPlace);

    /// <summary>Whether one is true and the other not.</summary>
    /// <inheritdoc cref="And(DataFrameColumn, bool)"/>
    public DataFrameColumn Xor(DataFrameColumn column, bool inPlace = false) => Logic.Of(this, (a, b) => a ^ b, column, inPlace);

    /// <inheritdoc cref="And(DataFrameColumn, bool)"/>
    public DataFrameColumn Xor(bool value, bool inPlace = false) => Logic.Of(this, (a, b) => a ^ b, value, inPlace);
}
