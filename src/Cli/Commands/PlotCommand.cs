using System.CommandLine;
using System.Globalization;
using Optuna.CommandLine;
using Optuna.Visualization;

namespace Optuna.Cli.Commands;

/// <summary><c>plot</c>: a figure of a study as a page that needs no network, as a picture, or as Plotly's JSON.</summary>
internal sealed class PlotCommand : Command
{
    private static readonly string[] s_endings = [".html", ".png", ".svg", ".json"];

    private readonly Option<string> _name = CommonOptions.StudyName("The study to draw.");
    private readonly Option<string> _kind = new("--figure") { Description = $"One of {string.Join(", ", FigureCatalog.Names)}.", DefaultValueFactory = _ => "optimization_history" };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The file to write: .html, .png or .svg (these two by chromium), .json.", Required = true };
    private readonly Option<int?> _target = CommandRunner.CheckedOption<int?>("--target", null, text => CommandRunner.Number(text, 0, int.MaxValue), "Which objective, 0 for the first.");
    private readonly Option<string[]> _params = new("--params") { Description = "Names of the parameters to show, divided by blanks.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _compare = new("--compare") { Description = "Other studies to show beside it, divided by blanks.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _evaluator = new("--evaluator") { Description = "Of importances or of improvement." };
    private readonly Option<double[]> _reference = new("--reference-point") { Description = "One number per objective, divided by blanks.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int?> _recent = CommandRunner.CheckedOption<int?>("--n-recent-trials", null, text => CommandRunner.Number(text, 1, int.MaxValue), "Only so many trials, the newest.");
    private readonly Option<bool> _errorBar = new("--error-bar") { Description = "Mean and spread over the studies." };

    public PlotCommand(CommonOptions common)
        : base("plot", "Draw a figure of a study into a file.")
    {
        foreach (var option in new Option[] { _name, _kind, _output, _target, _params, _compare, _evaluator, _reference, _recent, _errorBar })
            Add(option);
        SetAction((parsed, cancel) =>
        {
            var (kind, file) = (parsed.GetRequiredValue(_kind), parsed.GetRequiredValue(_output));
            if (!FigureCatalog.Names.Contains(kind))
                throw new ArgumentException($"--figure: there is no figure '{kind}'; there are {string.Join(", ", FigureCatalog.Names)}.");
            var ending = Path.GetExtension(file).ToLower(CultureInfo.InvariantCulture);
            if (!s_endings.Contains(ending))
                throw new ArgumentException($"--output: '{file}' must end in {string.Join(", ", s_endings)}.");
            return common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
            {
                var study = await ReadAsync(parsed.GetRequiredValue(_name)).ConfigureAwait(false);
                var others = new List<PlotStudy>();
                foreach (var name in parsed.GetValue(_compare) ?? [])
                    others.Add(await ReadAsync(name).ConfigureAwait(false));
                var options = new FigureOptions
                {
                    Target = parsed.GetValue(_target),
                    Params = parsed.GetResult(_params) is null ? null : parsed.GetValue(_params),
                    NRecentTrials = parsed.GetValue(_recent),
                    ReferencePoint = parsed.GetResult(_reference) is null ? null : parsed.GetValue(_reference),
                    Evaluator = parsed.GetValue(_evaluator),
                    ErrorBar = parsed.GetValue(_errorBar) ? true : null,
                    Compare = others.Count == 0 ? null : others,
                };
                var figure = FigureCatalog.Draw(kind, study, options, TimeProvider.System.GetUtcNow(), c);
                await WriteAsync(figure, file, ending, study.Name, c).ConfigureAwait(false);
                storage.Note($"The figure was written to {file}.");
                return null;

                async Task<PlotStudy> ReadAsync(string name) =>
                    await PlotStudy.ReadAsync(await storage.Client.LoadStudyAsync(name, c).ConfigureAwait(false), c).ConfigureAwait(false);
            }, cancel);
        });
    }

    private static async Task WriteAsync(Figure figure, string file, string ending, string title, CancellationToken cancel)
    {
        switch (ending)
        {
            case ".html":
                figure.SaveHtml(file, title);
                break;
            case ".png":
                await File.WriteAllBytesAsync(file, await figure.ToPngAsync(cancellationToken: cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
                break;
            case ".svg":
                await File.WriteAllTextAsync(file, await figure.ToSvgAsync(cancellationToken: cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
                break;
            default:
                await File.WriteAllTextAsync(file, figure.ToJson(), cancel).ConfigureAwait(false);
                break;
        }
    }
}
