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
        var model = ModelsOf(context).Of(space, options);
        var best = model.Draw(context, Good(context), options.ConstantLiar ? context.Study.Running : []);
        for (var j = 0; j < space.Count; j++)
            drawn.Add(new TrialParam(space.Params[j].Key, space.Params[j].Value, model.Value(j, best)));
    }

    /// <summary>Draws one parameter from the trials that have it.</summary>
    internal double Draw(SamplingContext context, string name, Distribution distribution)
    {
        var model = ModelsOf(context).Of(name, distribution, options);
        var best = model.Draw(context, Good(context), options.ConstantLiar ? context.Study.Running : []);
        return model.Value(0, best);
    }

    private Models ModelsOf(SamplingContext context) => _models.GetValue(context.Study.Memory, static _ => new Models());

    private ReadOnlySpan<int> Good(SamplingContext context)
    {
        var study = context.Study;
        var n = study.CompleteCount + study.PrunedCount;
        var size = options.Gamma is null ? TpeGamma.Default(n) : options.Gamma(n);
        if (size < 0)
            throw new ArgumentException($"The gamma function must not return a negative number, but for {n} trials it returned {size}.");
        return _good.Of(study, size);
    }

    /// <summary>The densities of one study.</summary>
    private sealed class Models
    {
        // Spaces change now and then as a study sees new parameters; a study whose space never stays the same must not pile them up.
        private const int Most = 64;

        private readonly Dictionary<SearchSpace, TpeModel> _joint = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<string, (Distribution Of, TpeModel Model)> _single = new(StringComparer.Ordinal);

        internal TpeModel Of(SearchSpace space, TpeOptions options)
        {
            if (_joint.TryGetValue(space, out var known))
                return known;
            if (_joint.Count == Most)
                _joint.Clear();
            var model = new TpeModel(space.Params, options.EiCandidates, options.Parzen);
            _joint.Add(space, model);
            return model;
        }

        internal TpeModel Of(string name, Distribution distribution, TpeOptions options)
        {
            if (_single.TryGetValue(name, out var known) && known.Of.Equals(distribution))
                return known.Model;
            var model = new TpeModel([KeyValuePair.Create(name, distribution)], options.EiCandidates, options.Parzen);
            _single[name] = (distribution, model);
            return model;
        }
    }
}
