using Optuna.Samplers.Tpe;
using Xunit;

namespace Optuna.Tests.Samplers.Tpe;

public sealed class AcquisitionTests
{
    [Fact]
    public void The_first_of_the_best_wins() => Assert.Equal(1, Acquisition.Best([0, 3, 2, 3], [0, 1, 1, 1]));

    [Fact]
    public void A_candidate_without_any_density_wins_as_it_does_in_Optuna() =>
        Assert.Equal(1, Acquisition.Best([9, double.NegativeInfinity, 8], [0, double.NegativeInfinity, 0]));

    [Fact]
    public void The_first_wins_where_none_can_be_good() =>
        Assert.Equal(0, Acquisition.Best([double.NegativeInfinity, double.NegativeInfinity], [0, 0]));
}
