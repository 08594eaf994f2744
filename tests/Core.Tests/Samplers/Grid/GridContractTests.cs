using Optuna.Samplers;
using Optuna.Samplers.Grid;

namespace Optuna.Tests.Samplers.Grid;

public sealed class GridContractTests : ExhaustibleContract
{
    protected override ISampler Create() => new GridSampler(new Dictionary<string, IReadOnlyList<object?>>
    {
        ["x"] = [0, 1, 2, 3, 4], ["f"] = [0.0, 0.5, 1.0], ["c"] = ["p", "q", null],
    });
}
