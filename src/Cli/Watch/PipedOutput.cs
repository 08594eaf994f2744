using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Optuna.Cli.Watch;

/// <summary>Standard output that fails once nobody reads it any more, as <c>head</c> does after its lines; the console's own goes on in silence.</summary>
internal static class PipedOutput
{
    /// <param name="console">The console's own, which files and Windows get.</param>
    public static TextWriter Open(TextWriter console)
    {
        if (OperatingSystem.IsWindows())
            return console;
        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? console : new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
