using System.Globalization;
using System.Text.Json;

namespace Optuna.Bench;

/// <summary>Prints what the windows showed.</summary>
internal static class ClusterReport
{
    public static void Write(TextWriter to, ClusterPlan plan, BenchStorage storage, List<ClusterWindow> windows, bool json)
    {
        var rates = windows.ConvertAll(w => w.TrialsPerSecond);
        var cpu = windows[0].Cpu.Keys.ToDictionary(
            part => part, part => Math.Round(Median.Of(windows.ConvertAll(w => w.Cpu[part].TotalMicroseconds / Math.Max(1, w.Trials))), 1));
        double? commits = windows[0].Commits is null
            ? null
            : Math.Round(Median.Of(windows.ConvertAll(w => w.Commits!.Value / (double)Math.Max(1, w.Trials))), 2);
        if (json)
        {
            to.WriteLine(JsonSerializer.Serialize(new
            {
                bench = "cluster",
                workers = plan.Workers,
                slots = plan.Slots,
                @params = plan.Params,
                reports = plan.Reports,
                sampler = plan.Sampler,
                storage = storage.Kind,
                seconds = plan.Window.TotalSeconds,
                trials = windows.Sum(w => w.Trials),
                trialsPerSecond = Math.Round(Median.Of(rates), 1),
                cpuMicrosecondsPerTrial = cpu,
                commitsPerTrial = commits,
                runs = rates.ConvertAll(r => Math.Round(r, 1)),
            }));
            return;
        }

        to.WriteLine($"{plan.Workers} workers of {plan.Slots} slot(s), {plan.Params} parameters, {plan.Reports} reports, {plan.Sampler}, {storage.Kind}");
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  trials/s: median {Median.Of(rates):0}, from {rates.Min():0} to {rates.Max():0} in {windows.Count} window(s) of {plan.Window.TotalSeconds:0} s"));
        to.WriteLine($"  processor time per trial: {string.Join(", ", cpu.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value:0} µs")))}");
        if (commits is not null)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  commits per trial: {commits:0.00}"));
    }
}
