using Akka.Actor;
using Akka.TestKit;
using Optuna.Cluster.Protocol;
using Optuna.Coordinator.Studies;
using Optuna.Studies;

namespace Optuna.Tests.Studies;

/// <summary>How the coordinators learn which studies change, without asking any.</summary>
public sealed class StudyNewsTests : StudyProbe
{
    private static readonly StudyId s_study = new(1);

    [Fact]
    public async Task Whoever_asks_is_told_of_every_study_that_changes()
    {
        var news = News();
        news.Tell(WatchStudies.Instance, TestActor);

        var study = await CreatedStudy();
        var made = await ExpectMsgAsync<StudyChanged>();
        await Ask(study);
        var asked = await FishForMessageAsync<StudyChanged>(c => c.Version > made.Version);

        Assert.Equal((s_study, s_study), (made.Study, asked.Study));
    }

    [Fact]
    public async Task Who_comes_late_or_asks_again_is_told_what_changed_before()
    {
        var news = News();
        var late = CreateTestProbe();
        await CreatedStudy();
        await AwaitAssertAsync(() => AskedAsync(news, late));
        await AskedAsync(news, late);
    }

    [Fact]
    public async Task A_study_that_comes_back_says_so_and_one_that_never_was_says_nothing()
    {
        var study = await CreatedStudy();
        await study.GracefulStop(TimeSpan.FromSeconds(10));
        var news = News();
        news.Tell(WatchStudies.Instance, TestActor);
        Study(id: 2);
        Study();

        Assert.Equal(s_study, (await ExpectMsgAsync<StudyChanged>()).Study);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));
    }

    private static async Task AskedAsync(IActorRef news, TestProbe who)
    {
        news.Tell(WatchStudies.Instance, who);
        Assert.Equal(s_study, (await who.ExpectMsgAsync<StudyChanged>(TimeSpan.FromSeconds(1))).Study);
    }

    private IActorRef News() => Sys.ActorOf(Props.Create(() => new StudyNews(TimeProvider.System)));
}
