using System.Runtime.CompilerServices;
using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Trials;

namespace Optuna.Samplers.Tpe;

/// <summary>Everything a draw needs besides the study: densities by study and space, used by one thread at a time.</summary>
internal sealed class TpeWorkspace(TpeOptions options)
{
    private readonly ConditionalWeakTable<object, Models> _models = [];
    private readonly GoodSet _good = new();

    /// <summary>Draws all parameters of a space together.</summary>
    internal void Draw(SamplingContext context, SearchSpace space, List<TrialParam> drawn)
    {
        var model = ModelsOf(context).Of(space);
        var best = model.Draw(context, Good(context), options.ConstantLiar ? context.Study.Running : []);
        for (var j = 0; j < space.Count; j++)
            drawn.Add(new TrialParam(space.Params[j].Key, space.Params[j].Value, model.Value(j, best)));
    }

    /// <summary>Draws one parameter from the trials that have it.</summary>
    internal double Draw(SamplingContext context, string name, Distribution distribution)
    {
        var model = ModelsOf(context).Of(name, distribution);
        var best = model.Draw(context, Good(context), options.ConstantLiar ? context.Study.Running : []);
        return model.Value(0, best);
    }

    private Models ModelsOf(SamplingContext context) =>
        _models.GetValue(context.Study.Memory, _ => new Models(options, context.Study.Directions.Length));

    private ReadOnlySpan<int> Good(SamplingContext context)
    {
        var study = context.Study;
        var n = study.CompleteCount + study.PrunedCount;
        var size = options.Gamma is not null ? options.Gamma(n) : study.Directions.Length == 1 ? TpeGamma.Default(n) : TpeGamma.MultiObjective(n);
        if (size < 0)
            throw new ArgumentException($"The gamma function must not return a negative number, but for {n} trials it returned {size}.");
        return study.Directions.Length == 1 ? _good.Of(study, size) : FrontSplit.For(study).Of(study, size);
    }

    /// <summary>The densities of one study.</summary>
    private sealed class Models(TpeOptions options, int objectives)
    {
        // Spaces change now and then as a study sees new parameters; a study whose space never stays the same must not pile them up.
        private const int Most = 64;

        private readonly Dictionary<SearchSpace, TpeModel> _joint = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<string, (Distribution Of, TpeModel Model)> _single = new(StringComparer.Ordinal);

        internal TpeModel Of(SearchSpace space)
        {
            if (_joint.TryGetValue(space, out var known))
                return known;
            if (_joint.Count == Most)
                _joint.Clear();
            var model = New(space.Params);
            _joint.Add(space, model);
            return model;
        }

        internal TpeModel Of(string name, Distribution distribution)
        {
            if (_single.TryGetValue(name, out var known) && known.Of.Equals(distribution))
                return known.Model;
            var model = New([KeyValuePair.Create(name, distribution)]);
            _single[name] = (distribution, model);
            return model;
        }

        // Of several objectives all good trials count alike: their order by number says nothing about them.
        private TpeModel New(IEnumerable<KeyValuePair<string, Distribution>> space) =>
            new(space, options.EiCandidates, options.Parzen, options.Parzen with { Uniform = objectives > 1 });
    }
}
