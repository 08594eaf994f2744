"""Opens one of Optuna's own stores by the URL optuna-ctl takes for it."""

import warnings

import optuna

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.CRITICAL)


def open_store(url):
    if url.startswith("journal:///"):
        return optuna.storages.JournalStorage(optuna.storages.JournalFileStorage(url[len("journal:///") :]))
    if url.startswith("mysql://"):
        url = url.replace("mysql://", "mysql+pymysql://", 1)
    return optuna.storages.RDBStorage(url)
