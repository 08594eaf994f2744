using Grpc.Core;
using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Tests.Contract;

public sealed class StudyContractTests(ServedNode node) : ContractTest(node)
{
    [Fact]
    public async Task A_study_has_an_id_of_its_own_which_is_never_given_again()
    {
        var first = await Storage.CreateStudyAsync();
        var second = await Storage.CreateStudyAsync();
        await Storage.DeleteStudyAsync(second);
        var third = await Storage.CreateStudyAsync();
        Assert.True(first is > 0 and < 1L << 53);
        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        var name = $"Größe {Guid.NewGuid()}";
        var study = await Storage.CreateStudyAsync(name);
        await RefusedAsync(StatusCode.AlreadyExists, () => Storage.CreateStudyAsync(name));
        Assert.Equal(study, await Storage.StudyIdAsync(name));
        Assert.Equal(name, await Storage.StudyNameAsync(study));
        await Storage.DeleteStudyAsync(study);
        await NotFoundAsync(() => Storage.StudyIdAsync(name));
        Assert.NotEqual(study, await Storage.CreateStudyAsync(name));
    }

    [Theory]
    [InlineData(W.StudyDirection.Minimize)]
    [InlineData(W.StudyDirection.Maximize)]
    [InlineData(W.StudyDirection.Minimize, W.StudyDirection.Maximize)]
    [InlineData(W.StudyDirection.Maximize, W.StudyDirection.Minimize, W.StudyDirection.Maximize)]
    internal async Task Directions_keep_their_order(params W.StudyDirection[] directions) =>
        Assert.Equal(directions, await Storage.DirectionsAsync(await Storage.CreateStudyAsync(null, directions)));

    [Fact]
    public async Task A_direction_that_is_none_is_refused() =>
        await RefusedAsync(StatusCode.InvalidArgument, () => Storage.CreateStudyAsync(null, (W.StudyDirection)7));

    [Fact]
    public async Task A_study_without_a_direction_is_refused() => await RefusedAsync(
        StatusCode.InvalidArgument, () => Storage.RawAsync("CreateNewStudy", [0x12, 1, (byte)'n']));

    [Theory]
    [InlineData("null")]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData("1.7976931348623157e+308")]
    [InlineData("\"\\u00e9 \\ud83d\\ude00\"")]
    [InlineData("""{"tags": ["image",   "classification"], "b": {"c": []}}""")]
    public async Task Attribute_texts_come_back_byte_for_byte(string text)
    {
        var study = await Storage.CreateStudyAsync();
        var trial = await Storage.CreateTrialAsync(study);
        await Storage.SetStudyUserAttrAsync(study, "k", "1");
        await Storage.SetStudyUserAttrAsync(study, "k", text);
        await Storage.SetStudySystemAttrAsync(study, "", text);
        await Storage.SetUserAttrAsync(trial, "ключ", text);
        await Storage.SetSystemAttrAsync(trial, "k", text);
        Assert.Equal(("k", text), Only(await Storage.StudyUserAttrsAsync(study)));
        Assert.Equal(("", text), Only(await Storage.StudySystemAttrsAsync(study)));
        var stored = await Storage.TrialAsync(trial);
        Assert.Equal(("ключ", text), Only(stored.UserAttributes));
        Assert.Equal(("k", text), Only(stored.SystemAttributes));
    }

    [Fact]
    public async Task An_attribute_that_is_no_JSON_is_refused_and_changes_nothing()
    {
        var study = await Storage.CreateStudyAsync();
        Assert.Contains("'k'", await RefusedAsync(StatusCode.InvalidArgument, () => Storage.SetStudyUserAttrAsync(study, "k", "{")));
        Assert.Empty(await Storage.StudyUserAttrsAsync(study));
    }

    [Fact]
    public async Task All_studies_are_listed_in_order_of_id_with_what_belongs_to_them()
    {
        var studies = new List<long>();
        for (var i = 0; i < 40; i++)
        {
            studies.Add(await Storage.CreateStudyAsync(null, W.StudyDirection.Maximize));
            await Storage.SetStudyUserAttrAsync(studies[i], "u", $"{i}");
            await Storage.SetStudySystemAttrAsync(studies[i], "s", $"{-i}");
        }

        var listed = (await Storage.StudiesAsync()).Where(s => studies.Contains(s.StudyId)).ToList();
        Assert.Equal(studies, listed.Select(s => s.StudyId));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => ($"{i}", $"{-i}")), listed.Select(s => (s.UserAttributes["u"], s.SystemAttributes["s"])));
        Assert.All(listed, s => Assert.Equal([W.StudyDirection.Maximize], s.Directions));
    }

    [Fact]
    public async Task A_deleted_study_takes_its_trials_with_it()
    {
        var study = await Storage.CreateStudyAsync();
        var trial = await Storage.CreateTrialAsync(study);
        Assert.Single(await Storage.TrialsAsync(study));
        await Storage.DeleteStudyAsync(study);
        await NotFoundAsync(() => Storage.TrialsAsync(study));
        await NotFoundAsync(() => Storage.TrialAsync(trial));
        await NotFoundAsync(() => Storage.SetStateAsync(trial, W.TrialState.Complete, 1));
        await NotFoundAsync(() => Storage.DeleteStudyAsync(study));
        Assert.DoesNotContain(study, (await Storage.StudiesAsync()).Select(s => s.StudyId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1 << 22)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task Whatever_is_asked_of_an_unknown_study_is_not_found(long study)
    {
        await NotFoundAsync(() => Storage.DeleteStudyAsync(study));
        await NotFoundAsync(() => Storage.SetStudyUserAttrAsync(study, "k", "{"));
        await NotFoundAsync(() => Storage.SetStudySystemAttrAsync(study, "k", "1"));
        await NotFoundAsync(() => Storage.StudyNameAsync(study));
        await NotFoundAsync(() => Storage.DirectionsAsync(study));
        await NotFoundAsync(() => Storage.StudyUserAttrsAsync(study));
        await NotFoundAsync(() => Storage.StudySystemAttrsAsync(study));
        await NotFoundAsync(() => Storage.CreateTrialAsync(study));
        await NotFoundAsync(() => Storage.CreateTrialAsync(study, new W.Trial { DatetimeStart = "yesterday" }));
        await NotFoundAsync(() => Storage.TrialIdAsync(study, 0));
        await NotFoundAsync(() => Storage.TrialsAsync(study));
    }

    private static (string Key, string Text) Only(IDictionary<string, string> attrs)
    {
        var attr = Assert.Single(attrs);
        return (attr.Key, attr.Value);
    }
}
