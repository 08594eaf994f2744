using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Optuna.Worker.Hosting;

/// <summary>A worker inside another program's host.</summary>
public static class WorkerHostingExtensions
{
    /// <summary>Adds a worker; say what it evaluates with <see cref="OptunaWorkerBuilder.AddObjective{T}"/>.</summary>
    /// <remarks>It connects when the host starts, waits for a coordinator as long as it takes, and never ends the host.</remarks>
    /// <exception cref="ArgumentException">An option is not acceptable.</exception>
    public static OptunaWorkerBuilder AddOptunaWorker(this IHostApplicationBuilder builder, Action<WorkerOptions>? configure = null)
    {
        var options = new WorkerOptions();
        configure?.Invoke(options);
        return new OptunaWorkerBuilder(builder.Services, options.Validated());
    }
}

/// <summary>Says what an embedded worker evaluates.</summary>
public sealed class OptunaWorkerBuilder
{
    private readonly WorkerOptions _options;

    internal OptunaWorkerBuilder(IServiceCollection services, WorkerOptions options) => (Services, _options) = (services, options);

    public IServiceCollection Services { get; }

    /// <summary>Evaluates the trials of a study with an objective that the host's services make.</summary>
    /// <typeparam name="T">One object of it serves all slots.</typeparam>
    public OptunaWorkerBuilder AddObjective<T>(string studyName)
        where T : class, IObjective
    {
        Services.AddSingleton<IHostedService>(services => new WorkerService(
            _options, studyName, ActivatorUtilities.GetServiceOrCreateInstance<T>(services), services.GetRequiredService<ILogger<WorkerService>>()));
        return this;
    }
}
