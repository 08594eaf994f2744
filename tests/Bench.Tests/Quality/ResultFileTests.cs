using Optuna.Bench.Quality.Problems;
using Optuna.Bench.Quality.Results;
using Optuna.Bench.Quality.Running;

namespace Optuna.Tests.Quality;

public sealed class ResultFileTests
{
    [Fact]
    public void The_quartiles_of_the_recorded_results_are_those_of_their_values()
    {
        var cells = ResultFile.Optuna().Cells;
        Assert.Equal(13 * 5 + 13 + 1 + 18, cells.Count);
        foreach (var cell in cells)
        {
            foreach (var (_, recorded) in cell.At)
            {
                var ours = MarkResult.Of(recorded.Values, cell.BiggerIsBetter);
                Near(recorded.Q25, ours.Q25);
                Near(recorded.Median, ours.Median);
                Near(recorded.Q75, ours.Q75);
            }
        }
    }

    [Fact]
    public void Results_that_are_written_are_read_again()
    {
        var cell = new QualityCell("p", "tpe", "best", true, 3, 4, 0.25, new Dictionary<int, MarkResult>
        {
            [25] = MarkResult.Of([1.23456789, null, 3], biggerIsBetter: true),
            [50] = MarkResult.Of([null, null, null], biggerIsBetter: true),
        });
        var path = Path.GetTempFileName();
        try
        {
            using (var to = new StreamWriter(path))
                new ResultFile("ours", "1+2", [cell, cell]).Write(to);
            var read = ResultFile.Read(path);
            Assert.Equal(("ours", "1+2", 2), (read.Implementation, read.Version, read.Cells.Count));
            var again = read.Cells[1];
            Assert.Equal(cell with { At = again.At }, again);
            Assert.Equal([1.234568, null, 3], again.At[25].Values);
            Assert.Equal((null, 1.234568, null), (again.At[25].Q25, again.At[25].Median, again.At[50].Median));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"implementation": "x", "version": "1", "cells": [{"problem": "p"}]}""")]
    [InlineData("no JSON")]
    public void What_holds_no_results_is_refused_by_name(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            Assert.Contains(path, Assert.Throws<ArgumentException>(() => ResultFile.Read(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Random_search_gives_the_values_Optuna_gave_for_the_same_seeds()
    {
        var problem = Functions.All.Single(p => p.Name == "branin");
        var cell = Assert.Single(new CellRunner(firstSeed: 0, seeds: 3, jobs: 2).Run([new PlannedCell(problem, "random", problem.Marks)], _ => { }, default));
        var optuna = ResultFile.Optuna().Cells.Single(c => c.Problem == "branin" && c.Sampler == "random");
        Assert.Equal([25, 50, 100, 150], cell.At.Keys);
        foreach (var (mark, result) in cell.At)
        {
            foreach (var (ours, theirs) in result.Values.Zip(optuna.At[mark].Values))
                Near(theirs, ours);
        }
    }

    private static void Near(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        Assert.Equal(expected ?? 0, actual ?? 0, Math.Abs(expected ?? 0) * 2e-6);
    }
}
