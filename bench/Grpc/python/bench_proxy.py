"""bench_proxy.py PORT memory|URL: Optuna's own gRPC server, over its memory or its database storage."""

import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
port, where = sys.argv[1:]
storage = optuna.storages.InMemoryStorage() if where == "memory" else optuna.storages.RDBStorage(where)
print("opened", flush=True)
optuna.storages.run_grpc_proxy_server(storage, host="127.0.0.1", port=int(port))
