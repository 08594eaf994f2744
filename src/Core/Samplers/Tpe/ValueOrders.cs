using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Optuna.Studies;
using Optuna.Studies.State;

namespace Optuna.Samplers.Tpe;

/// <summary>The trials of each parameter in the order of their values, kept as trials finish instead of sorted at every draw.</summary>
/// <remarks>Thread-safe; a study's orders go when its columns go.</remarks>
internal sealed class ValueOrders
{
    private readonly ConditionalWeakTable<object, ConcurrentDictionary<ParamColumn, ValueOrder>> _orders = [];

    /// <summary>The order of one parameter, with at least the trials finished in the view.</summary>
    internal ValueOrder Of(StudyView study, ParamColumn column) =>
        _orders.GetValue(study.Memory, static _ => new()).GetOrAdd(column, static c => new ValueOrder(c));
}
