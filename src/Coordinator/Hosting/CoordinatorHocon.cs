using Akka.Configuration;
using Optuna.Cluster.Hosting;
using Optuna.Cluster.Security;
using Optuna.Coordinator.Storage;

namespace Optuna.Coordinator.Hosting;

/// <summary>Puts a coordinator's settings together: fixed over given over files over defaults.</summary>
internal static class CoordinatorHocon
{
    /// <exception cref="ArgumentException">A file is not there or not HOCON; the message names it.</exception>
    public static Config For(CoordinatorOptions options, StorageUrl storage)
    {
        var config = FixedHocon.Value.WithFallback(ConfigurationFactory.ParseString($$"""
            akka.remote.dot-netty.tcp {
              hostname = "{{options.Hostname}}"
              port = {{options.Port}}
            }
            """));
        if (options.Hocon.Length > 0)
            config = config.WithFallback(ConfigurationFactory.ParseString(options.Hocon));
        foreach (var file in options.HoconFiles)
            config = config.WithFallback(HoconText.ReadFile(file));
        return config
            .WithFallback(PersistenceHocon.For(storage))
            .WithFallback(HoconFile.Read("coordinator.conf"))
            .WithFallback(TlsSettings.Defaults);
    }

    /// <summary>How long the start may take until studies can be reached.</summary>
    /// <exception cref="ArgumentException">Not a time of at least a second.</exception>
    public static TimeSpan StartTimeout(Config hocon)
    {
        const string key = "optuna.start-timeout";
        try
        {
            return hocon.GetTimeSpan(key, null, allowInfinite: false) is var time && time >= TimeSpan.FromSeconds(1)
                ? time
                : throw new ArgumentException($"HOCON {key} must be at least 1s (it is {time}).");
        }
        catch (Exception e) when (e is FormatException or ConfigurationException or OverflowException)
        {
            throw new ArgumentException($"HOCON {key}: {e.Message}", e);
        }
    }
}
