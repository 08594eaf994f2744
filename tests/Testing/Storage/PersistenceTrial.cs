using Akka.Actor;
using Akka.Configuration;

namespace Optuna.Testing.Storage;

/// <summary>Lives of one <see cref="BytesActor"/>, each in an actor system of its own on the same journal.</summary>
public static class PersistenceTrial
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<T> InOneLifeAsync<T>(Config persistence, string id, Func<Func<object, Task<BytesActor.Kept>>, Task<T>> life)
    {
        var quiet = ConfigurationFactory.ParseString("akka { loglevel = WARNING, stdout-loglevel = WARNING }");
        var system = ActorSystem.Create("trial", quiet.WithFallback(persistence));
        try
        {
            var actor = system.ActorOf(Props.Create(() => new BytesActor(id)));
            return await life(message => actor.Ask<BytesActor.Kept>(message, Patience));
        }
        finally
        {
            await system.Terminate();
        }
    }
}
