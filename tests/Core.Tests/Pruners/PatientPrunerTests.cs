using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Xunit;

namespace Optuna.Tests.Pruners;

public sealed class PatientPrunerTests : PrunerContract
{
    protected override IPruner Create() => new PatientPruner(new MedianPruner(), patience: 1);

    [Theory]
    [InlineData(0, new[] { 1.0 }, false)]
    [InlineData(0, new[] { 1.0, 2 }, true)]
    [InlineData(0, new[] { 1.0, 1 }, false)]
    [InlineData(1, new[] { 1.0, 2 }, false)]
    [InlineData(1, new[] { 1.0, 2, 3 }, true)]
    [InlineData(1, new[] { 1.0, 2, 0.5 }, false)]
    [InlineData(2, new[] { 1.0, 2, 2, 0.9 }, false)]
    [InlineData(2, new[] { 1.0, 0.9, 2, 2, 2 }, true)]
    public void It_prunes_when_the_last_reports_are_all_worse_than_the_best_before(int patience, double[] values, bool pruned)
    {
        var pruner = new PatientPruner(null, patience);
        Assert.Equal(pruned, Asked(pruner, StudyDirection.Minimize, values));
        Assert.Equal(pruned, Asked(pruner, StudyDirection.Maximize, [.. values.Select(v => -v)]));
    }

    [Theory]
    [InlineData(0.5, 1.5, false)]
    [InlineData(0.5, 1.501, true)]
    [InlineData(0, 1.001, true)]
    public void The_best_before_may_be_better_by_min_delta(double delta, double last, bool pruned)
    {
        Assert.Equal(pruned, Asked(new PatientPruner(null, 0, delta), StudyDirection.Minimize, [1, last]));
        Assert.Equal(pruned, Asked(new PatientPruner(null, 0, delta), StudyDirection.Maximize, [-1, -last]));
    }

    [Fact]
    public void NaN_is_left_out_and_nothing_else_but_NaN_prunes_nothing()
    {
        var pruner = new PatientPruner(null, 1);
        Assert.True(Asked(pruner, StudyDirection.Minimize, [1, double.NaN, double.NaN, 2]));
        Assert.False(Asked(pruner, StudyDirection.Minimize, [double.NaN, 1, 2]));
        Assert.False(Asked(pruner, StudyDirection.Minimize, [1, double.NaN, double.NaN]));
    }

    [Fact]
    public void Steps_decide_what_is_last_not_the_order_of_reports()
    {
        var given = Given.AStudy();
        var number = given.Ask().Number;
        foreach (var (step, value) in new[] { (5L, 3.0), (1L, 1.0), (3L, 2.0) })
            given.Report(number, step, value);
        Assert.True(given.Prunes(number, new PatientPruner(null, 1)));
        given.Report(number, 4, 0);
        Assert.False(given.Prunes(number, new PatientPruner(null, 1)));
    }

    [Fact]
    public void The_wrapped_pruner_has_the_last_word_and_is_not_asked_before()
    {
        var wrapped = new Counting(false);
        Assert.False(Asked(new PatientPruner(wrapped, 0), StudyDirection.Minimize, [2, 1]));
        Assert.Equal(0, wrapped.Asked);
        Assert.False(Asked(new PatientPruner(wrapped, 0), StudyDirection.Minimize, [1, 2]));
        Assert.Equal(1, wrapped.Asked);
        Assert.True(Asked(new PatientPruner(new Counting(true), 0), StudyDirection.Minimize, [1, 2]));
    }

    [Theory]
    [InlineData("patience", "{}")]
    [InlineData("patience", """{"patience": -1}""")]
    [InlineData("min_delta", """{"patience": 1, "min_delta": -0.1}""")]
    [InlineData("min_delta", """{"patience": 1, "min_delta": NaN}""")]
    [InlineData("wrapped_pruner", """{"patience": 1, "wrapped_pruner": 3}""")]
    [InlineData("middle", """{"patience": 1, "wrapped_pruner": "middle"}""")]
    [InlineData("percentile", """{"patience": 1, "wrapped_pruner": {"name": "percentile", "options": {"percentile": 101}}}""")]
    public void An_option_out_of_range_is_refused_by_name(string name, string options) => Assert.Contains(
        $"'{name}'", Assert.Throws<ArgumentException>(() => PrunerCatalog.Create(new ComponentSpec("patient", options))).Message);

    [Fact]
    public void The_catalogue_wraps_another_pruner()
    {
        var spec = new ComponentSpec("patient", """{"patience": 0, "wrapped_pruner": {"name": "threshold", "options": {"upper": 5}}}""");
        Assert.False(Asked(PrunerCatalog.Create(spec), StudyDirection.Minimize, [1, 2]));
        Assert.True(Asked(PrunerCatalog.Create(spec), StudyDirection.Minimize, [1, 6]));
    }

    private static bool Asked(IPruner pruner, StudyDirection direction, double[] values)
    {
        var given = Given.AStudy(direction);
        var number = given.Ask().Number;
        for (var step = 0; step < values.Length; step++)
            given.Report(number, step, values[step]);
        return given.Prunes(number, pruner);
    }

    private sealed class Counting(bool answer) : IPruner
    {
        public int Asked { get; private set; }

        public bool ShouldPrune(PruningContext context)
        {
            Asked++;
            return answer;
        }
    }
}
