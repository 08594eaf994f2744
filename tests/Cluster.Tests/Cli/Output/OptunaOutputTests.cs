using Optuna.Cli.Output;
using Optuna.Json;

namespace Optuna.Tests.Cli.Output;

public class OptunaOutputTests
{
    private static readonly Dictionary<string, Study> s_studies =
        SampleStudies.All.ToDictionary(s => s.Name, s => SampleStudies.Fill(Study.Create(s.Name, directions: s.Directions)));

    public static TheoryData<string> Recorded => [.. OptunaOutputs.All.Keys];

    [Theory, MemberData(nameof(Recorded))]
    public void Every_verb_in_every_format_prints_what_Optuna_prints(string arguments)
    {
        var args = ((List<object?>)PythonJson.Read(arguments)!).Cast<string>().ToList();
        var format = Enum.Parse<OutputFormat>(args[args.IndexOf("-f") + 1], ignoreCase: true);
        var flatten = args.Contains("--flatten");
        var name = args.IndexOf("--study-name") is >= 0 and var at ? args[at + 1] : null;

        Assert.Equal(OptunaOutputs.All[arguments], Print(args[0], name is null ? null : s_studies[name], format, flatten), ignoreLineEndingDifferences: false);
    }

    private static string Print(string verb, Study? study, OutputFormat format, bool flatten)
    {
        if (study is null)
        {
            return verb == "study-names"
                ? format.Write(Records.Single("name", SampleStudies.All.Select(s => s.Name)), flatten)
                : format.Write(StudyRecords.Of([.. SampleStudies.All.Select(s => s_studies[s.Name].GetSummaryAsync().AsTask().Result)]), flatten);
        }

        var all = TrialRecords.Of(study, study.MetricNames, study.Trials);
        return verb switch
        {
            "trials" => format.Write(all, flatten),
            "best-trial" => format.WriteOne(all with { Rows = [all.Rows[study.BestTrial.Number]] }, flatten),
            _ => format.Write(all with { Rows = [.. study.BestTrials.Select(t => all.Rows[t.Number])] }, flatten),
        };
    }
}
