using System.Diagnostics;

namespace Optuna.Chaos.Stage;

/// <summary>A disk of a few dozen megabytes, which can be filled to the last byte and cleared again.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Null when this account may not mount.</summary>
    public static SmallDisk? TryMount(string folder)
    {
        Directory.CreateDirectory(folder);
        return Run("mount", "-t", "tmpfs", "-o", "size=256m", "optuna-chaos", folder) ? new SmallDisk(folder) : null;
    }

    public void Fill()
    {
        var block = new byte[64 * 1024];
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var size = block.Length; size > 0; size /= 2)
            {
                try
                {
                    while (true)
                        file.Write(block.AsSpan(0, size));
                }
                catch (IOException) when (size > 1)
                {
                    // Full for pieces of this size; smaller ones may still fit.
                }
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Clear() => File.Delete(Filler);

    public void Dispose() => Run("umount", "-l", _folder);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
