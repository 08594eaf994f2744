#!/usr/bin/env bash
# Builds everything and runs every test. The very last line is the sum, as "N passed, N failed" or
# "N passed, N failed, N skipped"; the exit code is 1 if anything failed.
set -u

cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
exec </dev/null # nothing here may wait for somebody to type

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# Hundreds of programs live for seconds here: compiling their code for long lives is time lost.
export DOTNET_TieredPGO=0
PATH="$PATH:/usr/sbin:/usr/local/sbin"
SOLUTION=Optuna.Actors.sln
SECONDS_PER_PROJECT=${SECONDS_PER_PROJECT:-1500}

passed=0 failed=0 skipped=0

finish() {
  local line="$passed passed, $failed failed"
  [ "$skipped" -gt 0 ] && line="$line, $skipped skipped"
  echo "$line"
  [ "$failed" -eq 0 ]
  exit
}

# The Debian packages that are missing, by what they are wanted for. The cores of MariaDB suffice: tests start servers of
# their own, and the full package would put one more into the system's services.
missing_packages() {
  command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null || echo mariadb-server-core
  command -v my_print_defaults >/dev/null || echo mariadb-client-core
  # The real Optuna, which reads what is exported and writes what is imported.
  /usr/bin/python3 -c 'import optuna' 2>/dev/null || echo python3-optuna
  /usr/bin/python3 -c 'import pymysql' 2>/dev/null || echo python3-pymysql
  [ -e /usr/share/zoneinfo/Asia/Kolkata ] || echo tzdata
  ldconfig -p 2>/dev/null | grep -q 'libgomp\.so\.1' || echo libgomp1
  # Draws figures as PNG and SVG, and looks at the dashboard.
  command -v chromium-headless-shell >/dev/null || echo chromium-headless-shell
  # Python clients of the storage protocol.
  /usr/bin/python3 -c 'import grpc' 2>/dev/null || echo python3-grpcio
  /usr/bin/python3 -c 'import google.protobuf' 2>/dev/null || echo python3-protobuf
}

install_packages() {
  local packages as_root=()
  packages=$(missing_packages | tr '\n' ' ')
  [ -z "$packages" ] && return 0

  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
      echo "test.sh: the tests need the Debian packages ${packages% }, and this account may not install them." >&2
      echo "test.sh: run as root: apt-get install ${packages% }" >&2
      return 1
    fi
    as_root=(sudo -n)
  fi
  if ! command -v apt-get >/dev/null; then
    echo "test.sh: the tests need what Debian calls ${packages% }; install it by this system's own means." >&2
    return 1
  fi

  echo "test.sh: installing ${packages% }"
  as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
  # A package list that cannot be renewed may still be good enough.
  "${as_root[@]}" update || echo "test.sh: the package lists could not be renewed; trying with those at hand" >&2
  # shellcheck disable=SC2086  # a list of words
  "${as_root[@]}" install -y --no-install-recommends $packages >&2
}

# number FILE NAME -> an attribute of the report's <Counters>, 0 if it is not there
number() {
  local value
  value=$(tr '\n' ' ' <"$1" | grep -o '<Counters [^>]*>' | head -n 1 | grep -o " $2=\"[0-9]*\"" | tr -cd '0-9')
  echo "${value:-0}"
}

run_project() {
  local project=$1 name report code total ok bad rest
  name=$(basename "$project" .csproj)
  report=$reports/$name.trx

  # In the background, for only then does an interruption reach it: timeout makes a process group of its own.
  timeout --kill-after=20 "$SECONDS_PER_PROJECT" \
    dotnet test --project "$project" -c Release --no-build --no-progress --no-ansi \
    --results-directory "$reports" --report-xunit-trx --report-xunit-trx-filename "$name.trx" &
  running=$!
  wait "$running"
  code=$?
  running=

  if ! grep -q '<Counters ' "$report" 2>/dev/null; then
    failed=$((failed + 1))
    if [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then
      echo "$name: no result after $SECONDS_PER_PROJECT s, counted as 1 failed"
    else
      echo "$name: no report (exit code $code), counted as 1 failed"
    fi
    return
  fi

  total=$(number "$report" total)
  ok=$(number "$report" passed)
  bad=$(($(number "$report" failed) + $(number "$report" error) + $(number "$report" timeout) + $(number "$report" aborted)))
  rest=$((total - ok - bad))
  if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then
    echo "$name: exit code $code though no test failed, counted as 1 failed"
    bad=1
  fi

  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + rest))
  echo "$name: $ok passed, $bad failed, $rest skipped"
}

reports=$(mktemp -d) || exit 1
running=
trap 'rm -rf "$reports"' EXIT
trap '[ -n "$running" ] && kill "$running"; exit 130' INT TERM

# Without the packages the tests that need them say so and fail; the others are still worth running.
install_packages

if ! command -v dotnet >/dev/null; then
  echo "test.sh: there is no dotnet in the PATH; install the .NET SDK that global.json names." >&2
  failed=1
  finish
fi

if ! dotnet build "$SOLUTION" -c Release -nologo -v quiet --disable-build-servers; then
  echo "The build failed, counted as 1 failed"
  failed=1
  finish
fi

for project in tests/*.Tests/*.Tests.csproj; do
  run_project "$project"
done
finish
