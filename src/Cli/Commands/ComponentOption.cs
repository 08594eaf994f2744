using System.CommandLine;
using Optuna.Importance;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Terminators;

namespace Optuna.Cli.Commands;

/// <summary>A sampler, pruner or other component on the command line: its name, and its options as JSON.</summary>
internal sealed class ComponentOption
{
    private readonly string[] _names;
    private readonly Action<ComponentSpec, int> _check;

    private ComponentOption(string option, IEnumerable<string> names, string fallback, Action<ComponentSpec, int> check)
    {
        (_names, _check) = ([.. names], check);
        Name = new Option<string?>(option) { Description = $"One of {string.Join(", ", _names)}; without it {fallback}." };
        Name.CompletionSources.Add(_names);
        Kwargs = new Option<string?>($"{option}-kwargs") { Description = $"Options of {option} as a JSON object, with Optuna's names." };
    }

    public Option<string?> Name { get; }

    public Option<string?> Kwargs { get; }

    public static ComponentOption Sampler(string fallback = "what the coordinators are configured to take (out of the box tpe)") => new(
        "--sampler", SamplerCatalog.Names, fallback, (spec, objectives) => SamplerCatalog.Create(spec, objectives));

    public static ComponentOption Pruner() => new(
        "--pruner", PrunerCatalog.Names, $"what the coordinators are configured to take ({PrunerCatalog.Default.Name})", (spec, _) => PrunerCatalog.Create(spec));

    public static ComponentOption StopWhen() => new(
        "--stop-when", TerminatorCatalog.Names, "nothing but its budget and its users", (spec, objectives) => TerminatorCatalog.Create(spec, objectives));

    public static ComponentOption Evaluator() => new(
        "--evaluator", ImportanceCatalog.Names, ImportanceCatalog.Default.Name, (spec, _) => ImportanceCatalog.Create(spec));

    /// <returns>Null for the default.</returns>
    /// <exception cref="ArgumentException">No such name, not for so many objectives, or wrong options; the message names the option.</exception>
    public ComponentSpec? Read(ParseResult parsed, int objectives)
    {
        var (name, kwargs) = (Known(parsed.GetValue(Name)), parsed.GetValue(Kwargs));
        if (name is null)
            return kwargs is null ? null : throw new ArgumentException($"{Kwargs.Name}: only together with {Name.Name}.");
        // An unknown name is the name's fault whatever the options; else they are at fault, where there are any.
        var spec = kwargs is null ? new ComponentSpec(name) : new ComponentSpec(name, kwargs);
        Check(kwargs is null || !_names.Contains(name) ? Name : Kwargs, spec);
        return spec;

        void Check(Option option, ComponentSpec candidate)
        {
            try
            {
                _check(candidate, objectives);
            }
            catch (ArgumentException e)
            {
                throw new ArgumentException($"{option.Name}: {e.Message}", e);
            }
        }
    }

    // TPESampler is tpe, BruteForceSampler is brute_force.
    private string? Known(string? name) => name is null ? null
        : _names.FirstOrDefault(n => Bare(n) == Bare(name) || Bare(n) + "sampler" == Bare(name) || Bare(n) + "pruner" == Bare(name)) ?? name;

    private static string Bare(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
