namespace Optuna.Coordinator.Storage;

/// <summary>How one kind of database makes a table, and what an operator can do about a wrong one.</summary>
internal interface ISqlDialect
{
    string Create(Table table);

    string MendMissing(Table table, Column column);

    string MendType(Table table, Column column);

    string MendKey(Table table, string[] key);
}
