namespace Optuna.Json;

/// <summary>
/// The JSON text of one attribute, kept byte for byte as its writer made it: another program's spelling of a number
/// must survive a round trip. Equal when the texts are equal.
/// </summary>
/// <remarks>Make one with <see cref="From"/> or <see cref="Parse"/>; the constructor is for texts that were checked before (a journal). The default is <c>null</c>.</remarks>
public readonly record struct JsonText(string Text)
{
    private readonly string? _text = Text;

    public string Text
    {
        get => _text ?? "null";
        init => _text = value;
    }

    /// <summary>The parsed text, in the types of <see cref="PythonJson.Read(string)"/>; parsed anew at each call.</summary>
    /// <exception cref="FormatException">The text came through the constructor and is no JSON.</exception>
    public object? Value => PythonJson.Read(Text);

    /// <inheritdoc cref="PythonJson.Write"/>
    public static JsonText From(object? value) => new(PythonJson.Write(value));

    /// <summary>Takes a text as it stands, after checking that it is JSON.</summary>
    /// <exception cref="FormatException">It is not; the message has the position.</exception>
    public static JsonText Parse(string text)
    {
        _ = PythonJson.Read(text);
        return new JsonText(text);
    }

    /// <summary>
    /// The value as bool, text, int, long, float, double, decimal, BigInteger, a nullable or an array of these, or object.
    /// A whole number may be written as <c>3.0</c>; nothing is rounded to a whole number, and text is never a number.
    /// </summary>
    /// <exception cref="InvalidCastException">The text holds something else, or a number out of range.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is none of these types.</exception>
    public T? As<T>() => (T?)JsonConversion.To(Value, typeof(T));

    public bool Equals(JsonText other) => Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode();

    public override string ToString() => Text;
}
