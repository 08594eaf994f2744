using System.Runtime.InteropServices;

namespace Optuna.Testing.Processes;

/// <summary>Signals as Linux numbers them.</summary>
public static class Signals
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15, Continue = 18, Stop = 19;

    public static void Send(int process, int signal) => _ = kill(process, signal);

#pragma warning disable IDE1006, SYSLIB1054 // the C name; two integers need no generated marshalling
    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int sig);
#pragma warning restore IDE1006, SYSLIB1054
}
