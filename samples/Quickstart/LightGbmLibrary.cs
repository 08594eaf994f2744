using System.Runtime.InteropServices;
using Microsoft.ML.Trainers.LightGbm;

namespace Optuna.Samples.Quickstart;

/// <summary>Whether LightGBM can be used here: its native library needs one that a small system may lack.</summary>
internal static class LightGbmLibrary
{
    /// <exception cref="OptunaException">It cannot be loaded; the message says what is missing.</exception>
    public static void Check()
    {
        try
        {
            NativeLibrary.Load("lib_lightgbm", typeof(LightGbmBinaryTrainer).Assembly, null);
        }
        catch (DllNotFoundException e) when (e.Message.Contains("libgomp", StringComparison.Ordinal))
        {
            throw new OptunaException(
                "LightGBM cannot be loaded without the library libgomp.so.1; install Debian's package libgomp1 (apt-get install libgomp1).", e);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new OptunaException($"LightGBM cannot be loaded on {RuntimeInformation.RuntimeIdentifier}: {e.Message.Split('\n')[0]}", e);
        }
    }
}
