namespace Optuna;

/// <summary>Base of everything the product throws of its own.</summary>
public class OptunaException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Thrown by an objective to end its trial as pruned.</summary>
public sealed class TrialPrunedException(string message = "The trial was pruned.") : OptunaException(message);

/// <summary>A study of that name exists already.</summary>
public sealed class DuplicatedStudyException(string message) : OptunaException(message);

/// <summary>No study of that name or number.</summary>
public sealed class StudyNotFoundException(string message) : OptunaException(message);

/// <summary>A finished trial never changes.</summary>
public sealed class TrialFinishedException(string message) : OptunaException(message);

/// <summary>The trial was given to somebody else: this worker was silent for too long, and nothing it does to the trial counts.</summary>
public sealed class LeaseLostException(string message) : OptunaException(message);

/// <summary>No coordinator answered in time.</summary>
public sealed class CoordinatorUnreachableException(string message, Exception? inner = null) : OptunaException(message, inner);
