#!/bin/sh
# Make .venv and install this checkout into it: `setup.sh .`, or `setup.sh --dev .` with what the tests need.
# Debian ships Python without venv; as root the missing package is installed, otherwise we say which one it is.
set -eu

python=${PYTHON:-python3}

if [ ! -x .venv/bin/pip ]; then
    rm -rf .venv
    if ! "$python" -m venv .venv 2>/dev/null; then
        rm -rf .venv
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv
            "$python" -m venv .venv
        else
            echo "Python's venv module is missing: apt-get install python3-venv, then try again" >&2
            exit 1
        fi
    fi
fi

if [ "$1" = --dev ]; then
    # The browser tests of the reading room use the system's chromium; where it cannot be had they are skipped with the reason.
    if ! command -v chromium >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >&2 ||
            echo "chromium could not be installed; the browser tests will be skipped" >&2
    fi
    .venv/bin/python tools/dev_requirements.py | .venv/bin/pip install --quiet --disable-pip-version-check -r /dev/stdin
    shift
fi
.venv/bin/pip install --quiet --disable-pip-version-check --editable "$1"
