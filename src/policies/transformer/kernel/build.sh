#!/bin/sh
# Builds kernel.wasm from kernel.c, byte for byte, with clang and lld 14 (Debian 12: apt-get install clang lld).
cd "$(dirname "$0")" && exec clang --target=wasm32 -O3 -msimd128 -mbulk-memory -nostdlib -fno-builtin -ffp-contract=off \
  -fvisibility=hidden -Wall -Wextra -Werror -Wl,--no-entry -Wl,--export-dynamic -Wl,--export=__heap_base -Wl,--import-memory \
  -Wl,-z,stack-size=65536 -Wl,--strip-all -o "${1:-kernel.wasm}" kernel.c
