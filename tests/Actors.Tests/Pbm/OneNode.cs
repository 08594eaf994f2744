using Optuna.Cluster.Client;
using Optuna.Cluster.Pbm.Host;
using Optuna.Coordinator.Hosting;
using Optuna.Studies;

namespace Optuna.Tests.Pbm;

/// <summary>A real coordinator on a SQLite file, with a study that has one finished and two running trials, for the tests of one class.</summary>
public sealed class OneNode : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-pbm-");

    internal CoordinatorNode Node { get; private set; } = null!;

    public OptunaClient Client { get; private set; } = null!;

    public Study Study { get; private set; } = null!;

    internal Task<Asked> RunAsync(string line, bool json = false) => Asked.RunAsync(Node.PbmAddress!, line, json);

    public async ValueTask InitializeAsync()
    {
        Node = await CoordinatorNode.StartAsync(new CoordinatorOptions
        {
            Storage = "sqlite:///" + Path.Combine(_folder.FullName, "studies.db"),
            Port = 0,
            Pbm = CommandEndpoint.Any,
        });
        Client = await Node.ConnectAsync();
        Study = await Client.CreateStudyAsync("hills and dales");
        var done = await Study.AskAsync();
        await Study.TellAsync(done, [0.25]);
        // One that nobody looks after, and one of a worker's.
        foreach (var worker in new[] { "", "wanda/1" })
            await Client.Backend(Study.Id).SendAsync(new StudyCommands.AskTrial(new WorkerId(worker), Guid.NewGuid(), 100));
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Node.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
