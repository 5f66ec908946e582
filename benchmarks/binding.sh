#!/usr/bin/env bash
# Lays out a folder for -Dtransfer.libtorch: the libtorch of a Python's torch, and DJL's binding compiled for it.
#
#     mvn -Pbenchmarks -pl benchmarks/jmh -am package -DskipTests -Dinvoker.skip
#     benchmarks/binding.sh FOLDER [PYTHON] [DJL]
#
# PYTHON is one that has torch (python3); DJL a clone of its sources (cloned where there is none). Needs g++ and a JDK, and CUDA's
# headers where torch is one for GPUs. Ends with what to export: torch finds CUDA's libraries beside itself, this folder does not.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
python=${2:-python3}
djl=${3:-$folder/djl}
release=0.36.0

torch=$("$python" -c 'import importlib.util as u; print(u.find_spec("torch").submodule_search_locations[0])')
mkdir -p "$folder/lib" "$folder/objects"
[ -d "$djl" ] || git clone -q --depth 1 -b v$release https://github.com/deepjavalibrary/djl "$djl"

# What Python's package has beside libtorch needs an interpreter around it, or tests.
for library in "$torch"/lib/*.so*; do
  case $(basename "$library") in
    *python* | libshm* | *test* | libbackend* | libaoti* | *nvshmem*) ;;
    *) ln -sf "$library" "$folder/lib/" ;;
  esac
done
sed -n "s/^__version__ = '\(.*\)'/\1/p" "$torch/version.py" > "$folder/build-version"

engine=$djl/engines/pytorch
sources=$engine/pytorch-native/src/main/native
binding=ai/djl/pytorch/jni/PyTorchLibrary.java
javac -nowarn -proc:none -cp "$(cat "$here/jmh/target/classpath")" -sourcepath "$engine/pytorch-engine/src/main/java" \
  "$engine/pytorch-engine/src/main/java/$binding" -h "$folder/objects" -d "$folder/objects/classes"
jdk=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")/include
flags="-O2 -std=c++17 -fPIC -w -I$folder/objects -I$djl/api/src/main/native -I$jdk -I$jdk/linux"
flags="$flags -I$torch/include -I$torch/include/torch/csrc/api/include"
libraries="-ltorch -ltorch_cpu -lc10"
exports=$torch/lib
if [ -e "$torch/lib/libtorch_cuda.so" ]; then
  cuda=$(ls -d /usr/local/cuda/include "$torch"/../nvidia/*/include 2> /dev/null | sed 's/^/-I/' | paste -sd' ')
  flags="$flags -DUSE_CUDA $cuda"
  libraries="$libraries -ltorch_cuda -lc10_cuda"
  exports=$exports:$(find "$torch/../nvidia" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:):/usr/local/cuda/lib64
fi
ls "$sources"/*.cc | xargs -P"$(nproc)" -I{} sh -c "g++ -c $flags {} -o $folder/objects/\$(basename {}).o"
g++ -shared -o "$folder/lib/libdjl_torch.so" "$folder"/objects/*.o -L"$torch/lib" $libraries
echo "export LD_LIBRARY_PATH=$exports   # and -Dtransfer.libtorch=$folder"
