using Optuna.Distributions;
using Optuna.Json;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cli.Transfer.JournalFile;

/// <summary>A study as a journal tells of it.</summary>
internal sealed class JournalStudy(int id, string name, List<StudyDirection> directions)
{
    public int Id => id;

    public string Name => name;

    public List<StudyDirection> Directions => directions;

    public OrderedDictionary<string, string> UserAttrs { get; } = [];

    public OrderedDictionary<string, string> SystemAttrs { get; } = [];

    public List<JournalTrial> Trials { get; } = [];

    /// <summary>The distribution a parameter had first; all later ones must go with it.</summary>
    public Dictionary<string, Distribution> Params { get; } = [];
}

/// <summary>A trial as a journal tells of it: where its story is written, not the story.</summary>
internal sealed class JournalTrial(JournalStudy study, TrialState state)
{
    public JournalStudy Study => study;

    public TrialState State { get; set; } = state;

    /// <summary>Beginning and number (from 1) of every line that counts, in order.</summary>
    public List<(long Offset, int Line)> Lines { get; } = [];
}

/// <summary>Goes through a journal as Optuna does: what cannot be done is passed over in silence, and numbers are given by order.</summary>
/// <remarks>Keeps 16 bytes per line that belongs to a trial, and no trial.</remarks>
internal sealed class JournalReplay(KnownTexts distributions)
{
    private readonly Dictionary<int, JournalStudy> _studies = [];
    private readonly List<JournalTrial> _trials = [];
    private long _offset;
    private int _line;

    /// <summary>What is not deleted, in order of number.</summary>
    public IEnumerable<JournalStudy> Studies => _studies.Values.OrderBy(s => s.Id);

    /// <summary>What the next study will be numbered.</summary>
    public int NextStudy { get; private set; }

    /// <summary>The last line is not whole, or no JSON; the number of it.</summary>
    public int? BrokenLine { get; private set; }

    /// <summary>Reads on to the end of the file.</summary>
    /// <exception cref="TransferRefusedException">A line before the last is broken, or one is not understood; the message names it.</exception>
    public void ReadOn(JournalLines lines)
    {
        while (_offset < lines.End)
        {
            var line = lines.ReadAt(_offset);
            var entry = line.IsWhole ? JournalEntry.Parse(_line + 1, line.Text) : null;
            if (entry is null)
            {
                // Somebody may be writing it; if so it is read anew the next time.
                BrokenLine = _line + 1;
                if (line.Next < lines.End)
                    throw new TransferRefusedException($"Line {BrokenLine}: it is no JSON object, and others follow it.");
                return;
            }

            Apply(entry, (_offset, _line + 1));
            (_offset, _line, BrokenLine) = (line.Next, _line + 1, null);
        }
    }

    private void Apply(JournalEntry entry, (long Offset, int Line) place)
    {
        switch (entry.Op)
        {
            case JournalOp.CreateStudy:
                CreateStudy(entry);
                break;
            case JournalOp.DeleteStudy:
                _studies.Remove(entry.Id("study_id"));
                break;
            case JournalOp.SetStudyUserAttr or JournalOp.SetStudySystemAttr:
                SetStudyAttr(entry);
                break;
            case JournalOp.CreateTrial:
                CreateTrial(entry, place);
                break;
            case JournalOp.DiscardTrials:
                break;
            default:
                if (entry.Id("trial_id") is var id && id < _trials.Count && !_trials[id].State.IsFinished() && Accepts(_trials[id], entry))
                    _trials[id].Lines.Add(place);
                break;
        }
    }

    private void CreateStudy(JournalEntry entry)
    {
        var name = entry.Text("study_name");
        var directions = entry.List("directions").Select(d => d switch
        {
            1L => StudyDirection.Minimize,
            2L => StudyDirection.Maximize,
            _ => throw entry.Refused($"the direction {PythonJson.Write(d)} is neither 1 nor 2."),
        }).ToList();
        if (_studies.Values.All(s => s.Name != name))
            _studies.Add(NextStudy, new JournalStudy(NextStudy++, name, directions));
    }

    private void SetStudyAttr(JournalEntry entry)
    {
        var isUser = entry.Op == JournalOp.SetStudyUserAttr;
        var attrs = entry.Map(isUser ? "user_attr" : "system_attr");
        if (!_studies.TryGetValue(entry.Id("study_id"), out var study))
            return;
        foreach (var (key, value) in attrs)
            (isUser ? study.UserAttrs : study.SystemAttrs)[key] = PythonJson.Write(value);
    }

    private void CreateTrial(JournalEntry entry, (long Offset, int Line) place)
    {
        if (!_studies.TryGetValue(entry.Id("study_id"), out var study))
            return;
        var trial = new JournalTrial(study, entry.Has("state") ? entry.State() : TrialState.Running);
        trial.Lines.Add(place);
        _trials.Add(trial);
        study.Trials.Add(trial);
        if (!entry.Has("distributions"))
            return;
        // Not compared: Optuna does not, either. A study that does not fit together is found out later.
        foreach (var (name, text) in entry.Map("distributions"))
            study.Params.TryAdd(name, distributions.Read(entry, name, text));
    }

    private bool Accepts(JournalTrial trial, JournalEntry entry)
    {
        if (entry.Op == JournalOp.SetTrialParam)
        {
            var name = entry.Text("param_name");
            var distribution = distributions.Read(entry, name, entry.Text("distribution"));
            return trial.Study.Params.TryAdd(name, distribution)
                || DistributionCompatibility.Conflict(name, trial.Study.Params[name], distribution) is null;
        }

        if (entry.Op != JournalOp.SetTrialStateValues)
            return true;
        var state = entry.State();
        // Whoever asked first has it.
        if (state == TrialState.Running && trial.State == TrialState.Running)
            return false;
        trial.State = state;
        return true;
    }
}
