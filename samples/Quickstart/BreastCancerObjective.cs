using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;

namespace Optuna.Samples.Quickstart;

/// <summary>Cross-validated area under the ROC curve of a LightGBM classifier that tells malignant from benign tumours.</summary>
/// <remarks>One object serves all slots of a worker. The same parameters give the same value, on every machine and beside any other trial.</remarks>
public sealed class BreastCancerObjective : IObjective
{
    private const int Folds = 3;

    private readonly Tumour[][] _folds = BreastCancerData.ReadFolds(Folds);

    public ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken)
    {
        var options = Suggest(trial);
        var sum = 0.0;
        for (var fold = 0; fold < Folds; fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sum += Auc(options, fold);
            trial.Report(sum / (fold + 1), fold);
            // After the last fold the value is known: nothing is left to save.
            if (fold < Folds - 1 && trial.ShouldPrune())
                throw new TrialPrunedException();
        }

        return ValueTask.FromResult<ObjectiveValue>(sum / Folds);
    }

    private static LightGbmBinaryTrainer.Options Suggest(Trial trial)
    {
        BoosterParameterBase.OptionsBase booster = trial.SuggestCategorical("booster", "gbdt", "dart", "goss") switch
        {
            "dart" => new DartBooster.Options { TreeDropFraction = trial.SuggestFloat("drop_rate", 0.05, 0.5) },
            "goss" => new GossBooster.Options { TopRate = trial.SuggestFloat("top_rate", 0.1, 0.5), OtherRate = 0.2 },
            _ => new GradientBooster.Options { SubsampleFrequency = 1, SubsampleFraction = trial.SuggestFloat("subsample", 0.4, 1.0) },
        };
        booster.FeatureFraction = trial.SuggestFloat("feature_fraction", 0.1, 1.0);
        booster.L1Regularization = trial.SuggestFloat("lambda_l1", 1e-8, 1.0, log: true);
        booster.L2Regularization = trial.SuggestFloat("lambda_l2", 1e-8, 10.0, log: true);
        return new LightGbmBinaryTrainer.Options
        {
            LearningRate = trial.SuggestFloat("learning_rate", 0.01, 0.5, log: true),
            NumberOfIterations = trial.SuggestInt("iterations", 10, 150, log: true),
            NumberOfLeaves = trial.SuggestInt("leaves", 2, 32, log: true),
            MinimumExampleCountPerLeaf = trial.SuggestInt("min_leaf", 1, 50),
            Booster = booster,
            // One thread per trial: the slots are what uses the processors, and LightGBM's own threads wait spinning.
            NumberOfThreads = 1,
            Deterministic = true,
            Seed = 1,
        };
    }

    private double Auc(LightGbmBinaryTrainer.Options options, int fold)
    {
        // Of its own: a context is not made for several threads at once.
        var ml = new MLContext(seed: 1);
        var train = ml.Data.LoadFromEnumerable(_folds.Where((_, i) => i != fold).SelectMany(rows => rows));
        var test = ml.Data.LoadFromEnumerable(_folds[fold]);
        var model = ml.BinaryClassification.Trainers.LightGbm(options).Fit(train);
        return ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(test)).AreaUnderRocCurve;
    }
}
