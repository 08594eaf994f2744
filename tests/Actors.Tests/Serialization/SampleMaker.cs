using System.Collections.Immutable;
using System.Numerics;
using System.Reflection;
using Optuna.Cluster.Protocol;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Tests.Serialization;

internal enum SampleVariant
{
    /// <summary>Everything there, several of each.</summary>
    Full,

    /// <summary>Nulls, empty lists, zeros.</summary>
    Bare,

    /// <summary>NaN, infinities, negative zero, least and largest numbers; lists left default.</summary>
    Odd,
}

/// <summary>Makes a value of any protocol type from the parameters of its constructor; the same one each time.</summary>
internal sealed class SampleMaker(SampleVariant variant)
{
    private static readonly double[] s_odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue];
    // Not safe for several threads, and tests run in parallel: one for each maker.
    private readonly NullabilityInfoContext _nullability = new();
    private int _n;

    public object Make(Type type)
    {
        if (type == typeof(FrozenTrial))
            return Trial();
        if (type == typeof(TrialDetail))
            return Detail();
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(Argument)]);
    }

    private object? Argument(ParameterInfo parameter)
    {
        var nullable = _nullability.Create(parameter).WriteState == NullabilityState.Nullable;
        return nullable && variant == SampleVariant.Bare ? null : Value(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);
    }

    private object Value(Type type)
    {
        _n++;
        if (type.IsEnum)
            return Enum.GetValues(type) is var all && variant == SampleVariant.Bare ? all.GetValue(0)! : all.GetValue(_n % all.Length)!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return List(type.GetGenericArguments()[0]);
        return type switch
        {
            _ when type == typeof(string) => Text(),
            _ when type == typeof(bool) => variant != SampleVariant.Bare,
            _ when type == typeof(int) => variant switch { SampleVariant.Full => 100 + _n, SampleVariant.Bare => 0, _ => _n % 2 == 0 ? int.MinValue : int.MaxValue },
            _ when type == typeof(long) => variant switch { SampleVariant.Full => 100L + _n, SampleVariant.Bare => 0L, _ => _n % 2 == 0 ? long.MinValue : long.MaxValue },
            _ when type == typeof(ulong) => variant switch { SampleVariant.Full => 100UL + (ulong)_n, SampleVariant.Bare => 0UL, _ => ulong.MaxValue },
            _ when type == typeof(double) => Double(),
            _ when type == typeof(Guid) => variant == SampleVariant.Bare ? Guid.Empty : new Guid(_n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(Time(), TimeSpan.Zero),
            _ when type == typeof(DateTime) => Time(),
            _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(Time().Ticks / 1_000_000),
            _ when type == typeof(Distribution) => Distribution(),
            _ when type == typeof(KeyValuePair<string, string>) => new KeyValuePair<string, string>(Text(), Text()),
            _ when type == typeof(IStudyEvent) => Make(typeof(StudyEvents.ValueReported)),
            _ when type == typeof(IStudyReply) => Make(typeof(StudyReplies.Reported)),
            _ when type == typeof(ICatalogCommand) => Make(typeof(CatalogCommands.FindStudy)),
            _ when type == typeof(object) => Make(typeof(StudyQueries.GetTrial)),
            _ => Make(type),
        };
    }

    private object List(Type item)
    {
        // A row of the journal always has an event.
        var count = variant == SampleVariant.Full ? 3 : item == typeof(IStudyEvent) ? 1 : item == typeof(double) && variant == SampleVariant.Odd ? s_odd.Length : 0;
        if (count == 0 && variant == SampleVariant.Odd)
            return Activator.CreateInstance(typeof(ImmutableArray<>).MakeGenericType(item))!;
        var array = Array.CreateInstance(item, count);
        for (var i = 0; i < count; i++)
            array.SetValue(Value(item), i);
        return typeof(ImmutableArray).GetMethods()
            .Single(m => m.Name == nameof(ImmutableArray.Create) && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(item).Invoke(null, [array])!;
    }

    private string Text() => variant switch
    {
        SampleVariant.Full => $"text {_n}",
        SampleVariant.Bare => "",
        _ => $"naïve \"Ω\" 試 🎲\0{_n}",
    };

    private double Double() => variant switch { SampleVariant.Full => _n + 0.5, SampleVariant.Bare => 0, _ => s_odd[_n % s_odd.Length] };

    private DateTime Time() => variant switch
    {
        SampleVariant.Full => new DateTime(2024, 2, 29, 12, 30, 45, DateTimeKind.Utc).AddTicks(_n),
        SampleVariant.Bare => DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
        _ => DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
    };

    private Distribution Distribution() => variant switch
    {
        SampleVariant.Full => (_n % 5) switch
        {
            0 => new FloatDistribution(-1.5, 2.5),
            1 => new FloatDistribution(0, 1, step: 0.1),
            2 => new FloatDistribution(1e-5, 1, log: true),
            3 => new IntDistribution(1, 10, step: 3),
            _ => new CategoricalDistribution("adam", 1, 2.5, null, true),
        },
        SampleVariant.Bare => new IntDistribution(0, 0),
        _ => (_n % 3) switch
        {
            0 => new CategoricalDistribution(double.NaN, BigInteger.Pow(10, 40), "Ω🎲", "\ud800", JsonText.From(new object?[] { 1L, "a", null })),
            1 => new IntDistribution(long.MinValue, long.MaxValue),
            _ => new FloatDistribution(-0.0, double.MaxValue),
        },
    };

    private TrialDetail Detail() => variant == SampleVariant.Bare
        ? new TrialDetail()
        : new TrialDetail
        {
            UserAttrs = [(KeyValuePair<string, string>)Value(typeof(KeyValuePair<string, string>))],
            SystemAttrs = [(KeyValuePair<string, string>)Value(typeof(KeyValuePair<string, string>))],
            Reports = ImmutableSortedDictionary<long, double>.Empty.Add(0, Double()).Add(long.MaxValue, double.NaN),
            Reason = Text(),
        };

    private FrozenTrial Trial() => variant == SampleVariant.Bare
        ? new FrozenTrial()
        : new FrozenTrial
        {
            Number = (int)Value(typeof(int)),
            State = (TrialState)Value(typeof(TrialState)),
            Values = (ImmutableArray<double>)Value(typeof(ImmutableArray<double>)),
            DatetimeStart = Time(),
            DatetimeComplete = Time(),
            ParamList = [new TrialParam("x", Distribution(), Double()), new TrialParam("y", (Distribution)Value(typeof(Distribution)), Double())],
            UserAttrs = (ImmutableArray<KeyValuePair<string, string>>)Value(typeof(ImmutableArray<KeyValuePair<string, string>>)),
            SystemAttrs = (ImmutableArray<KeyValuePair<string, string>>)Value(typeof(ImmutableArray<KeyValuePair<string, string>>)),
            IntermediateValues = ImmutableSortedDictionary<long, double>.Empty.Add(0, Double()).Add(long.MaxValue, double.NaN),
            Reason = Text(),
            Worker = Text(),
        };
}
