#!/usr/bin/env bash
# Runs the plugin and the torchvision script side by side, in turn, on the same images, weights, threads and epochs, and prints a
# table of whole-command times with their ratios. Both commands start from nothing: the plugin's time includes Maven and two JVMs.
#
#   mvn install -DskipTests && benchmarks/compare.sh IMAGES [feature-extraction|finetune] [EPOCHS] [ROUNDS]
#
# IMAGES holds seg_train and seg_test. Needs Debian's python3-torch and python3-torchvision, and GNU time.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
images=$(realpath "$1") mode=${2:-feature-extraction} epochs=${3:-15} rounds=${4:-3}
weights=$here/../tl-maven-plugin/src/main/resources/io/transferlearning/weights/source/squeezenet1_1.imagenet.safetensors
version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$here/../pom.xml" | head -1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

measure() { # name, command...
  local name=$1
  shift
  /usr/bin/time -f "%e %M" -o time "$@" >log 2>&1 || { cat log; exit 1; }
  local accuracy
  accuracy=$(grep -o 'test accuracy [0-9.]*' log | tail -1 | grep -o '[0-9.]*$')
  echo "$name $(cat time) $accuracy" | tee -a results >&2
}

for _ in $(seq "$rounds"); do
  rm -rf target
  measure plugin mvn -o -B -ntp "io.transferlearning:tl-maven-plugin:$version:train" -Dmodel=squeezenet -Dtransfer.mode="$mode" \
    -Dtransfer.dataset="$images" -Dtransfer.epochs="$epochs" -Dtransfer.batchSize=32 -Dtransfer.patience=0 -Dtransfer.threads=2
  measure torchvision /usr/bin/python3 "$here/torchvision_transfer.py" "$images" "$weights" --mode "$mode" --epochs "$epochs"
done

/usr/bin/python3 - "$mode" "$epochs" <<'EOF'
import statistics, sys
rows = [line.split() for line in open("results")]
times = {name: [float(r[1]) for r in rows if r[0] == name] for name in ("plugin", "torchvision")}
ratios = sorted(t / p for p, t in zip(times["plugin"], times["torchvision"]))
for name in times:
    accuracy = [float(r[3]) for r in rows if r[0] == name]
    print("%-12s %s, %s epochs: median %.1f s, accuracy %s" % (name, *sys.argv[1:3], statistics.median(times[name]), accuracy))
print("torchvision / plugin, pair by pair: min %.1f, median %.1f, max %.1f" % (ratios[0], statistics.median(ratios), ratios[-1]))
EOF
