using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>The API: all its routes, and how they are served.</summary>
internal static class ApiRoutes
{
    public static readonly IReadOnlyList<ApiRoute> All =
    [
        .. StudyRoutes.All, .. TrialRoutes.All, .. AnalysisRoutes.All, .. ArtifactRoutes.All, .. EventRoutes.All, .. ClusterRoutes.All, .. SessionRoutes.All,
        new("GET", "/openapi.json", null, "This description.", call => call.JsonAsync(json => OpenApi.Write(json, All!))),
    ];

    public static void MapApi(this IEndpointRouteBuilder app, ApiServices services)
    {
        foreach (var route in All)
        {
            RequestDelegate run = http =>
            {
                var call = new ApiCall(http, services);
                call.AllowQuery(route.Query);
                return route.Run(call);
            };
            app.MapMethods(ApiRoute.Root + route.Path, [route.Method], run).WithMetadata(new NeedsRole(route.Role));
        }

        // Behind all others: a path or method nobody serves.
        RequestDelegate nothing = http => throw ApiProblem.NoRoute(http.Request.Path);
        app.Map(ApiRoute.Root + "/{**rest}", nothing).WithMetadata(new NeedsRole(null));
    }
}
