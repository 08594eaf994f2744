using System.Globalization;
using Optuna.Json;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Notes of a study and its trials, kept where optuna-dashboard keeps them: in pieces, in system attributes of the study.</summary>
internal sealed class StudyNotes
{
    /// <summary>What a database column of Optuna's takes of one attribute, less quotes.</summary>
    public const int PieceLength = 2045;

    private const string Prefix = "dashboard:";
    private const string Ver = "note_ver", Piece = "note_str:";

    private readonly Dictionary<int, string> _ofTrials = [];
    private readonly Dictionary<int, long> _changedAt = [];

    public StudyNotes(StudySummary study)
    {
        var pieces = new Dictionary<int, SortedDictionary<int, string>>();
        foreach (var (key, json) in study.SystemAttrs)
        {
            if (Parse(study.Id, key) is not { } place || place.Piece is not { } index || Text(json) is not { } text)
                continue;
            if (!pieces.TryGetValue(place.Trial ?? -1, out var of))
                pieces.Add(place.Trial ?? -1, of = []);
            of[index] = text;
        }

        foreach (var (trial, of) in pieces)
            _ofTrials[trial] = string.Concat(of.Values);
    }

    /// <param name="before">The notes at the last reading: what differs from them has changed at <paramref name="version"/>.</param>
    public StudyNotes(StudySummary study, long version, StudyNotes before) : this(study)
    {
        foreach (var trial in _ofTrials.Keys.Union(before._ofTrials.Keys))
            _changedAt[trial] = Of(trial) == before.Of(trial) ? before._changedAt.GetValueOrDefault(trial) : version;
    }

    /// <summary>The study's own; empty when there is none.</summary>
    public string OfStudy => Of(-1);

    /// <summary>A trial's; empty when it has none.</summary>
    public string Of(int trial) => _ofTrials.GetValueOrDefault(trial, "");

    /// <summary>The version a trial's note was seen to change at; 0 when it has not since this node began to read.</summary>
    public long ChangedAt(int trial) => _changedAt.GetValueOrDefault(trial);

    /// <summary>Trials whose note changed at this version.</summary>
    public IEnumerable<int> Changed(long version) => _changedAt.Where(c => c.Value == version && c.Key >= 0).Select(c => c.Key);

    /// <summary>Whether a system attribute of a study is a part of a note.</summary>
    public static bool IsNote(StudyId study, string key) => Parse(study, key) is not null;

    /// <summary>The attributes that make a note what it is to be, as key and JSON text, the version first.</summary>
    /// <param name="trial">Null: the study's own.</param>
    public static IEnumerable<KeyValuePair<string, string>> Write(StudySummary study, int? trial, string note)
    {
        var prefix = trial is { } number ? $"{Prefix}{TrialIds.Of(study.Id, number).ToString(CultureInfo.InvariantCulture)}:" : Prefix;
        var version = study.SystemAttrs.FirstOrDefault(a => a.Key == prefix + Ver).Value is { } json && PythonJson.Read(json) is long known ? known : 0;
        var before = study.SystemAttrs.Select(a => Parse(study.Id, a.Key)).Count(p => p?.Piece is not null && p.Value.Trial == trial);
        var pieces = Pieces(note).ToList();
        yield return KeyValuePair.Create(prefix + Ver, PythonJson.Write(version + 1));
        for (var i = 0; i < Math.Max(before, pieces.Count); i++)
            yield return KeyValuePair.Create($"{prefix}{Piece}{i.ToString(CultureInfo.InvariantCulture)}", PythonJson.Write(i < pieces.Count ? pieces[i] : ""));
    }

    // Never between the halves of a pair: half a pair is no text.
    private static IEnumerable<string> Pieces(string note)
    {
        for (var at = 0; at < note.Length;)
        {
            var length = Math.Min(PieceLength, note.Length - at);
            if (at + length < note.Length && char.IsHighSurrogate(note[at + length - 1]))
                length--;
            yield return note.Substring(at, length);
            at += length;
        }
    }

    private static (int? Trial, int? Piece)? Parse(StudyId study, string key)
    {
        if (!key.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var rest = key.AsSpan(Prefix.Length);
        int? trial = null;
        if (rest.IndexOf(':') is > 0 and var colon && long.TryParse(rest[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            if (!TrialIds.TryRead(id, out var of, out var number) || of != study)
                return null;
            trial = number;
            rest = rest[(colon + 1)..];
        }

        if (rest.SequenceEqual(Ver))
            return (trial, null);
        return rest.StartsWith(Piece) && int.TryParse(rest[Piece.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? (trial, index) : null;
    }

    private static string? Text(string json)
    {
        try
        {
            return PythonJson.Read(json) as string;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
