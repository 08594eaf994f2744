using Microsoft.Net.Http.Headers;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>The header that makes a browser keep an answer instead of showing it.</summary>
internal static class Download
{
    /// <param name="name">Whatever it is called: what a file's name or a header cannot hold is replaced or encoded.</param>
    public static string Named(string name)
    {
        var header = new ContentDispositionHeaderValue("attachment");
        header.SetHttpFileName(string.Concat(name.Select(c => char.IsControl(c) || c is '/' or '\\' ? '_' : c)));
        return header.ToString();
    }
}
