#!/usr/bin/env bash
# Ends, freezes and cuts off real coordinators, workers and databases at random, and checks every promise of docs/failure-modes.md:
#   ./chaos.sh --minutes 30 --seed 7 [--coordinators 3] [--workers 6] [--storage mysql|sqlite]
# The last line is JSON; the exit code is 1 if a promise broke. As root it cuts the network too (in namespaces of its own) and fills a
# disk (of its own); with Debian's package faketime it puts clocks wrong. docs/chaos.md says more.
set -eu

cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
PATH="$PATH:/usr/sbin:/usr/local/sbin"
dotnet build tests/Chaos -c Release -nologo -v quiet --disable-build-servers >&2
exec dotnet tests/Chaos/bin/Release/net10.0/Chaos.dll "$@"
