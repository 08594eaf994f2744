using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>A refusal: thrown anywhere in a call, answered as <c>application/problem+json</c>.</summary>
internal sealed class ApiProblem(int status, string code, string sentence) : Exception(sentence)
{
    public int Status => status;

    public string Code => code;

    /// <summary>More members of the answer.</summary>
    public Action<Utf8JsonWriter>? More { get; init; }

    public static ApiProblem Bad(string sentence) => new(StatusCodes.Status400BadRequest, "bad_request", sentence);

    public static ApiProblem NoStudy(string name) => new(StatusCodes.Status404NotFound, "study_not_found", $"There is no study '{name}'.");

    public static ApiProblem NoTrial(string study, int number) => new(StatusCodes.Status404NotFound, "trial_not_found", $"Study '{study}' has no trial {number}.");

    public static ApiProblem NoRoute(string path) => new(StatusCodes.Status404NotFound, "no_such_route", $"There is nothing at '{path}'.");

    public static ApiProblem Of(StudyReplies.Rejected rejected)
    {
        var (status, code) = rejected.Code switch
        {
            Rejection.StudyNotFound => (StatusCodes.Status404NotFound, "study_not_found"),
            Rejection.TrialNotFound => (StatusCodes.Status404NotFound, "trial_not_found"),
            Rejection.StudyExists => (StatusCodes.Status409Conflict, "study_exists"),
            Rejection.TrialFinished => (StatusCodes.Status409Conflict, "trial_finished"),
            Rejection.LeaseLost => (StatusCodes.Status409Conflict, "lease_lost"),
            Rejection.IncompatibleDistribution => (StatusCodes.Status409Conflict, "incompatible_distribution"),
            Rejection.InvalidValue => (StatusCodes.Status400BadRequest, "bad_request"),
            Rejection.TrialNotRunning or Rejection.WrongObjectiveCount or Rejection.NothingYet => (StatusCodes.Status409Conflict, "conflict"),
            Rejection.Unavailable => (StatusCodes.Status503ServiceUnavailable, "unavailable"),
            _ => (StatusCodes.Status500InternalServerError, "failed"),
        };
        return new ApiProblem(status, code, rejected.Sentence);
    }

    public static Task WriteAsync(HttpContext http, int status, string code, string sentence, Action<Utf8JsonWriter>? more = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        http.Response.Headers.CacheControl = "no-store";
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", sentence);
            json.WriteString("code", code);
            more?.Invoke(json);
            json.WriteEndObject();
        }

        return http.Response.Body.WriteAsync(buffer.ToArray(), http.RequestAborted).AsTask();
    }
}

/// <summary>Expected answers, or the refusal.</summary>
internal static class ApiReplies
{
    /// <exception cref="ApiProblem">It was refused.</exception>
    public static T OrProblem<T>(this IStudyReply reply) where T : IStudyReply => reply switch
    {
        T expected => expected,
        StudyReplies.Rejected rejected => throw ApiProblem.Of(rejected),
        _ => throw new InvalidOperationException($"The study answered with {reply.GetType().Name}; {typeof(T).Name} was expected."),
    };
}
