// A program that tests start, several at once, and kill.
switch (args)
{
    default:
        throw new ArgumentException($"There is no command '{string.Join(' ', args)}'.");
}
