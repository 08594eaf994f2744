using Optuna.Artifacts;
using Optuna.Samplers;

namespace Optuna.Tests.Artifacts;

public sealed class UploadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("artifacts");
    private readonly FileSystemArtifactStore _store;

    public UploadTests() => _store = new FileSystemArtifactStore(_folder.CreateSubdirectory("store").FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_trial_keeps_a_file_and_what_is_known_of_it_as_Optuna_does()
    {
        var study = Study.Create(sampler: new RandomSampler());
        var trial = study.Ask();
        var id = await trial.UploadArtifactAsync(_store, NewFile("model.tar.gz", "weights"));
        study.Tell(trial, 1);

        var attr = Assert.Single(study.Trials[0].SystemAttrs);
        Assert.Equal($"artifacts:{id}", attr.Key);
        Assert.Equal(
            $$"""{\"artifact_id\": \"{{id}}\", \"filename\": \"model.tar.gz\", \"mimetype\": \"application/x-tar\", \"encoding\": \"gzip\"}""",
            attr.Value.Trim('"'));
        Assert.Equal(new ArtifactMeta(id, "model.tar.gz", "application/x-tar", "gzip"), Assert.Single(study.Trials[0].GetAllArtifactMeta()));

        var copy = Path.Combine(_folder.FullName, "copy");
        await _store.DownloadArtifactAsync(copy, id);
        Assert.Equal("weights", File.ReadAllText(copy));
        await Assert.ThrowsAsync<IOException>(() => _store.DownloadArtifactAsync(copy, id));
    }

    [Fact]
    public async Task A_running_trial_and_its_study_tell_of_their_own_artifacts()
    {
        var study = Study.Create(sampler: new RandomSampler());
        var trial = study.Ask();
        var (one, two) = (await trial.UploadArtifactAsync(_store, NewFile("a.png", "a")), await trial.UploadArtifactAsync(_store, NewFile("b", "b"), "text/x", "zip"));
        var all = await study.UploadArtifactAsync(_store, NewFile("c.csv", "c"));
        Assert.Equal([one, two], (await trial.GetAllArtifactMetaAsync()).Select(m => m.ArtifactId));
        Assert.Equal(["image/png", "text/x"], (await trial.GetAllArtifactMetaAsync()).Select(m => m.Mimetype));
        Assert.Equal(new ArtifactMeta(all, "c.csv", "text/csv", null), Assert.Single(study.GetAllArtifactMeta()));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_said_and_nothing_recorded()
    {
        var study = Study.Create(sampler: new RandomSampler());
        await Assert.ThrowsAsync<FileNotFoundException>(() => study.UploadArtifactAsync(_store, Path.Combine(_folder.FullName, "nowhere")));
        Assert.Empty(study.GetAllArtifactMeta());
    }

    [Fact]
    public async Task A_download_of_nothing_makes_no_file()
    {
        var target = Path.Combine(_folder.FullName, "target");
        await Assert.ThrowsAsync<ArtifactNotFoundException>(() => _store.DownloadArtifactAsync(target, "nothing"));
        Assert.False(File.Exists(target));
    }

    private string NewFile(string name, string content)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, content);
        return file;
    }
}
