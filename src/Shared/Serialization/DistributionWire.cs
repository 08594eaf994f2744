using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using Optuna.Distributions;
using C = Optuna.Cluster.Protos.Common;

namespace Optuna.Cluster.Serialization;

/// <summary>Numeric distributions as numbers; a categorical one as Optuna's JSON text, since its choices may be of any kind.</summary>
internal static class DistributionWire
{
    // A longer text is parsed each time: what the peers send must not decide how much stays in memory.
    private const int LongestRemembered = 4096;

    // Parsing JSON, and laying the last grid point in decimal arithmetic, cost more than all the rest of a message.
    private static readonly RecentlyRead<string, Distribution> s_categorical = new(ParseCategorical);
    private static readonly RecentlyRead<string, Distribution> s_exact = new(DistributionJson.ReadExact);
    private static readonly RecentlyRead<(long Low, long High, bool Log, long Step), Distribution> s_stepped = new(k => new FloatDistribution(
        BitConverter.Int64BitsToDouble(k.Low), BitConverter.Int64BitsToDouble(k.High), k.Log, BitConverter.Int64BitsToDouble(k.Step)));

    private static readonly ConditionalWeakTable<CategoricalDistribution, string> s_texts = [];

    public static C.Distribution Write(Distribution? distribution)
    {
        var wire = Content(distribution);
        if (distribution!.SourceText is { } text)
            wire.Text = WireText.Data(text, "Text");
        return wire;
    }

    private static C.Distribution Content(Distribution? distribution) => distribution switch
    {
        FloatDistribution f => new C.Distribution { Float = Float(f) },
        IntDistribution i => new C.Distribution { Int = Int(i) },
        CategoricalDistribution c => new C.Distribution { Categorical = s_texts.GetValue(c, Text) },
        _ => throw new SerializationException("'Distribution' is null."),
    };

    /// <exception cref="SerializationException">No kind, or a rule of the distribution is broken.</exception>
    public static Distribution Read(C.Distribution? wire)
    {
        try
        {
            if (wire is { HasText: true })
                return Remembered(s_exact, wire.Text, DistributionJson.ReadExact);
            switch (wire?.KindCase)
            {
                case C.Distribution.KindOneofCase.Float:
                    var f = wire.Float;
                    return f.HasStep
                        ? s_stepped.Get((Bits(f.Low), Bits(f.High), f.Log, Bits(f.Step)))
                        : new FloatDistribution(f.Low, f.High, f.Log);
                case C.Distribution.KindOneofCase.Int:
                    var i = wire.Int;
                    return new IntDistribution(i.Low, i.High, i.Log, i.HasStep ? i.Step : 1);
                case C.Distribution.KindOneofCase.Categorical:
                    return Remembered(s_categorical, wire.Categorical, ParseCategorical);
                default:
                    throw new SerializationException("A distribution is missing or of an unknown kind.");
            }
        }
        catch (ArgumentException e)
        {
            throw new SerializationException($"A distribution is malformed. {e.Message}", e);
        }
    }

    private static Distribution Remembered(RecentlyRead<string, Distribution> read, string text, Func<string, Distribution> parse) =>
        text.Length <= LongestRemembered ? read.Get(text) : parse(text);

    private static C.FloatRange Float(FloatDistribution f)
    {
        var wire = new C.FloatRange { Low = f.Low, High = f.High, Log = f.Log };
        if (f.Step is { } step)
            wire.Step = step;
        return wire;
    }

    private static C.IntRange Int(IntDistribution i)
    {
        var wire = new C.IntRange { Low = i.Low, High = i.High, Log = i.Log };
        if (i.Step != 1)
            wire.Step = i.Step;
        return wire;
    }

    private static string Text(CategoricalDistribution c) => WireText.Data(DistributionJson.Write(c), "Choices");

    private static Distribution ParseCategorical(string text) => DistributionJson.Read(text) is CategoricalDistribution c
        ? c
        : throw new SerializationException("A categorical distribution is written as one of numbers.");

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
