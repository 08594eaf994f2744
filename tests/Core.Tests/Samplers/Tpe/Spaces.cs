using CsCheck;
using Optuna.Samplers.Tpe;

namespace Optuna.Tests.Samplers.Tpe;

/// <summary>Observations of a search space and points to weigh, one row per parameter each.</summary>
internal sealed record History(
    TpeParameter[] Parameters, double[][] Observations, double[][] Points, ParzenOptions Options);

/// <summary>Generators of search spaces with histories.</summary>
internal static class Spaces
{
    private static readonly Gen<TpeParameter> Parameter = Gen.OneOf(
        Gen.Select(Gen.Double[-10, 10], Gen.Double[0.01, 20], (low, range) => TpeParameter.Continuous(low, low + range)),
        Gen.Select(Gen.Double[-12, 0], Gen.Double[0.1, 12], (low, range) => TpeParameter.Continuous(Math.Exp(low), Math.Exp(low + range), log: true)),
        Gen.Select(Gen.Int[-50, 50], Gen.Int[1, 120], Gen.Int[1, 7], (low, points, step) => TpeParameter.Discrete(low, low + (points * step), step)),
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 900], (low, range) => TpeParameter.Discrete(low, low + range, 1, log: true)),
        Gen.Select(Gen.Int[-8, 8], Gen.Int[1, 40], (low, points) => TpeParameter.Discrete(low * 0.25, (low + points) * 0.25, 0.25)),
        Gen.Int[2, 40].Select(TpeParameter.Categorical));

    private static readonly Gen<ParzenOptions> Options =
        Gen.Select(Gen.Double[0.01, 3], Gen.Bool, Gen.Bool, (weight, clip, ends) =>
            new ParzenOptions { PriorWeight = weight, MagicClip = clip, Endpoints = ends });

    internal static readonly Gen<History> Any =
        from parameters in Parameter.Array[1, 6]
        from observations in Gen.OneOf(Gen.Int[0, 40], Gen.Int[100, 400])
        from columns in Gen.Double[0, 1].Array[parameters.Length * (observations + 7)]
        from options in Gen.OneOf(Gen.Const(ParzenOptions.Default), Options)
        select new History(
            parameters,
            Rows(parameters, columns, 0, observations),
            Rows(parameters, columns, parameters.Length * observations, 7),
            options);

    private static double[][] Rows(TpeParameter[] parameters, double[] shares, int start, int length) =>
        [.. parameters.Select((p, j) => shares.AsSpan(start + (j * length), length).ToArray().Select(u => At(p, u)).ToArray())];

    private static double At(TpeParameter p, double share) => p switch
    {
        { Step: > 0 } => p.Low + (Math.Round(share * (p.High - p.Low) / p.Step) * p.Step),
        { Log: true } => Math.Clamp(p.Low * Math.Pow(p.High / p.Low, share), p.Low, p.High),
        _ => p.Low + (share * (p.High - p.Low)),
    };
}
