namespace Optuna.Tests.Fuzz;

/// <summary>Bytes that are almost right, entirely wrong, or something between; the same ones for the same seed.</summary>
/// <remarks>OPTUNA_FUZZ_SEED sets another seed, OPTUNA_FUZZ_SECONDS more time for each test.</remarks>
internal sealed class Mutations(int salt)
{
    private const int DefaultSeed = 20261128;

    private readonly Random _random = new(Seed ^ salt);

    public static int Seed { get; } = Number("OPTUNA_FUZZ_SEED", DefaultSeed);

    /// <summary>How long one test may go on.</summary>
    public static TimeSpan Time(int seconds) => TimeSpan.FromSeconds(Number("OPTUNA_FUZZ_SECONDS", seconds));

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public int Next(int below) => _random.Next(below);

    /// <param name="good">What it starts from; one time in eight nothing of it is left.</param>
    public byte[] Of(byte[] good)
    {
        if (_random.Next(8) == 0)
            return Bytes(_random.Next(300));
        var bytes = new List<byte>(good);
        for (var n = _random.Next(1, 5); n > 0; n--)
            Change(bytes);
        return [.. bytes];
    }

    /// <summary>The same for a text: what it ends in is valid UTF-16 more often than not.</summary>
    public string Of(string good) => _random.Next(4) == 0
        ? System.Text.Encoding.Latin1.GetString(Of(System.Text.Encoding.UTF8.GetBytes(good)))
        : System.Text.Encoding.UTF8.GetString(Of(System.Text.Encoding.UTF8.GetBytes(good)));

    private void Change(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        switch (_random.Next(8))
        {
            case 0 when bytes.Count > 0:
                bytes[at % bytes.Count] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when bytes.Count > 0:
                bytes[at % bytes.Count] = Pick<byte>([0, 1, 0x7f, 0x80, 0xff, (byte)'"', (byte)'{', (byte)'[', (byte)'\\', (byte)'9', (byte)'-', (byte)'\n']);
                break;
            case 2:
                bytes.RemoveRange(at, Math.Min(_random.Next(1, 20), bytes.Count - at));
                break;
            case 3:
                bytes.InsertRange(at, Bytes(_random.Next(1, 20)));
                break;
            case 4:
                // Itself once more: nesting, and fields that come twice.
                bytes.InsertRange(at, bytes.GetRange(0, Math.Min(bytes.Count, 2000)));
                break;
            case 5:
                // A length of thousands of millions, as protobuf writes it.
                bytes.InsertRange(at, [0xff, 0xff, 0xff, 0xff, 0x07]);
                break;
            case 6:
                bytes.InsertRange(at, Enumerable.Repeat(Pick<byte>([(byte)'[', (byte)'{', 0x0a, 0xff, (byte)'9']), _random.Next(1, 3000)));
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private static int Number(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : fallback;
}
