using Optuna.Pruners;
using Optuna.Tests.Studies;
using Xunit;

namespace Optuna.Tests.Pruners;

public sealed class NopPrunerTests : PrunerContract
{
    protected override IPruner Create() => new NopPruner();

    [Fact]
    public void The_worst_trial_goes_on()
    {
        var given = Given.AStudy();
        for (var i = 0; i < 10; i++)
            given.Finished(0, 0);
        var number = given.Ask().Number;
        given.Report(number, 0, double.NaN);
        Assert.False(given.Prunes(number, Create()));
    }
}
