# make demo and make test do everything on a fresh Debian 12 with Swift.

SWIFT ?= swift
PACKAGES = libmosquitto-dev libssl-dev libsqlite3-dev libzstd-dev mosquitto openssl curl pkg-config

.PHONY: help demo test torture fuzz-build tsan-build bench evaluate build lint packages

help:
	@echo "make demo    the main job on real parts: kill, cut, drain, compare (about a minute)"
	@echo "make test    unit and integration tests on real mosquitto, SQLite and HTTPS"
	@echo "make torture every fault we can play, at length (under half an hour); SEED=n plays it again"
	@echo "make bench   figures beside a bare libmosquitto subscriber (about three minutes)"
	@echo "make evaluate  real data through tidegate try, compared with our own computations"
	@echo "make build   release binaries in .build/release"
	@echo "make lint    swift-format"

# Installs only what is missing, and asks for no password where nothing is.
packages:
	@missing=""; for p in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing; \
	fi

demo: packages
	$(SWIFT) build --product tidegate
	$(SWIFT) build --product tidegate-receiver
	$(SWIFT) build --product tidegate-demo
	.build/debug/tidegate-demo

# The Sparkplug clients that the tests meet are Python's, from PyPI.
test: PACKAGES += python3-venv
test: packages
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

# Unattended. What is random follows from the seed, which is printed.
SEED ?=
torture: packages fuzz-build tsan-build
	$(SWIFT) build -c release --product tidegate
	$(SWIFT) build -c release --product tidegate-receiver
	$(SWIFT) build -c release --product tidegate-torture
	.build/release/tidegate-torture $(if $(SEED),--seed $(SEED))

# The address sanitizer for both: libFuzzer's program and the test bundle.
fuzz-build: packages
	TIDEGATE_FUZZ=1 $(SWIFT) build --sanitize=address --scratch-path .build-fuzz --build-tests
	TIDEGATE_FUZZ=1 $(SWIFT) build --sanitize=address --scratch-path .build-fuzz --product tidegate-fuzz

tsan-build: packages
	TIDEGATE_TSAN=1 $(SWIFT) build --sanitize=thread --scratch-path .build-tsan --build-tests

bench: packages
	$(SWIFT) build -c release --product tidegate
	$(SWIFT) build -c release --product tidegate-receiver
	$(SWIFT) build -c release --product tidegate-bench
	.build/release/tidegate-bench

# Debian's own Python goes with Debian's own numpy.
PYTHON ?= /usr/bin/python3
DATA ?= ../shared/data
evaluate: PACKAGES += python3 python3-numpy zstd
evaluate: packages
	$(SWIFT) build -c release --product tidegate
	PYTHONDONTWRITEBYTECODE=1 $(PYTHON) Tests/Evaluation/evaluate.py .build/release/tidegate $(DATA)

build: packages
	$(SWIFT) build -c release --product tidegate
	$(SWIFT) build -c release --product tidegate-receiver

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks
