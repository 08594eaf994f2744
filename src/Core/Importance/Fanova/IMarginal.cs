namespace Optuna.Importance;

/// <summary>One parameter's marginal of a tree, and the part of its range that the walk through the tree is in.</summary>
internal interface IMarginal
{
    /// <summary>Of the part the walk is in, as a share of the whole range.</summary>
    double Width { get; }

    /// <summary>Answers the question of this threshold with yes.</summary>
    void EnterLeft(double threshold);

    /// <summary>Takes the last answer back and gives the other.</summary>
    void EnterRightInstead();

    /// <summary>Takes the last answer back.</summary>
    void Leave();

    /// <summary>Adds to the marginal over the part the walk is in.</summary>
    void Add(double height);

    /// <summary>Of the marginal, whose mean is zero.</summary>
    double Variance();
}
