using System.Net.Http.Json;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests.Browser;

/// <summary>A cluster with a study that two workers run while tests look at it, and one of two objectives that is finished.</summary>
public sealed class LiveStudy : IAsyncLifetime
{
    public const string Name = "hills/ä";
    public const string Front = "front";

    private WatchedCluster? _cluster;

    public string Url => _cluster!.Url;

    /// <summary>As it stands in an address.</summary>
    public static string View(string study, string side = "") => $"/studies/{Uri.EscapeDataString(study)}{side}";

    public async ValueTask InitializeAsync()
    {
        _cluster = await WatchedCluster.StartAsync();
        await _cluster.StudyAsync(Name);
        await _cluster.StudyAsync(Front, [StudyDirection.Minimize, StudyDirection.Maximize]);
        await _cluster.AddAsync(Front, Samples.Trials(40, objectives: 2));
        await _cluster.AddAsync(Name, Samples.Trials(30, objectives: 1));
        _cluster.StartWorkers(Name, TimeSpan.FromMilliseconds(150));
    }

    /// <summary>Another study, which nobody works on.</summary>
    public async Task<string> QuietAsync(int trials = 0)
    {
        var name = $"quiet {Guid.NewGuid():N}";
        await _cluster!.StudyAsync(name);
        await _cluster.AddAsync(name, Samples.Trials(trials, objectives: 1));
        return name;
    }

    /// <summary>What the API says of a study or of something below it.</summary>
    public async Task<System.Text.Json.JsonElement> GetAsync(string study, string below = "")
    {
        using var http = new HttpClient();
        return await http.GetFromJsonAsync<System.Text.Json.JsonElement>($"{Url}/api/v1/studies/{Uri.EscapeDataString(study)}{below}");
    }

    public async ValueTask DisposeAsync() => await _cluster!.DisposeAsync();
}
