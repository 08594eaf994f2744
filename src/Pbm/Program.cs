using System.Runtime.InteropServices;
using Optuna.Pbm;
using Optuna.Pbm.Wire;

PbmArguments arguments;
try
{
    arguments = PbmArguments.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine($"pbm: {e.Message}");
    return (int)ExitCode.Usage;
}

if (arguments.WantsUsage)
{
    Console.WriteLine(PbmArguments.Usage);
    return (int)ExitCode.Done;
}

using var interrupts = new Interrupts();
using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, interrupts.On);
using var sigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, interrupts.On);
try
{
    await using var connection = await PbmConnection.OpenAsync(arguments).ConfigureAwait(false);
    var shell = new PbmShell(connection, arguments, interrupts, Console.Out, Console.Error);
    return arguments.Words.Count > 0
        ? await shell.RunAsync(arguments.Words).ConfigureAwait(false)
        : await shell.LoopAsync(Console.IsInputRedirected || Console.IsOutputRedirected ? new PlainLines(Console.In) : new TypedLines(connection)).ConfigureAwait(false);
}
catch (PbmRefusedException e)
{
    Console.Error.WriteLine($"pbm: {e.Message}");
    return (int)e.Code;
}
catch (Exception e) when (e is PbmWireException or IOException)
{
    Console.Error.WriteLine($"pbm: {arguments.Host}:{arguments.Port}: {e.Message}");
    return (int)ExitCode.Unreachable;
}
