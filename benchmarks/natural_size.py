#!/usr/bin/python3
"""How long whole commands take, from `mvn` to the passed gate (train and verify), by a project with SqueezeNet 1.1 and feature extraction.

    mvn install -DskipTests && benchmarks/natural_size.py --data FOLDER [--work FOLDER] [natural|curve|start|flat]

FOLDER holds scenes/ (seg_train and seg_test). Needs Debian's python3-pil.

    natural  14,000 training and 3,000 test images of 150 pixels in 6 classes, made of the scenes (natural_set.py): once with an empty
             cache of features, once more after `clean` with the features of the first
    curve    100, 1,000 and 10,000 images (five sixths to train), each with an empty cache: seconds and peak memory
    start    seconds from `mvn` to the first trained batch, libtorch unpacked and the rest of the caches empty; then a Maven build that does
             nothing beside one whose train has nothing to do
    flat     memory over the epochs of a fine-tuning: densenet121 from random weights on 1,000 images of 64 pixels, 40 epochs; the most in
             the second quarter of the time and in the last"""

import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import threading
import time

import memory
import natural_set

HERE = pathlib.Path(__file__).resolve().parent
POM = """<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>benchmark</groupId>
  <artifactId>natural-size</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <build>
    <plugins>
      <plugin>
        <groupId>io.transferlearning</groupId>
        <artifactId>tl-maven-plugin</artifactId>
        <version>%s</version>
        <configuration>
          <model>squeezenet1_1</model>
          <rules><rule><metric>accuracy</metric><minimum>0.5</minimum></rule></rules>
        </configuration>
        <executions><execution><goals><goal>train</goal><goal>verify</goal></goals></execution></executions>
      </plugin>
    </plugins>
  </build>
</project>
"""

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("what", nargs="?", default="natural", choices=["natural", "curve", "start", "flat"])
arguments.add_argument("--data", required=True, type=pathlib.Path)
arguments.add_argument("--work", type=pathlib.Path, default=HERE.parent / "target" / "natural-size")
arguments.add_argument("--threads", type=int, default=2)
arguments.add_argument("--maven", default="mvn -o -B -ntp", help="how Maven is called")
options = arguments.parse_args()
work = options.work.resolve()
version = re.search(r"<version>(.*?)</version>", (HERE.parent / "pom.xml").read_text()).group(1)


def run(project, goals, samples=None, model=None, **properties):
    """Runs Maven; seconds, lines with their times, peak MiB of all processes together, whose samples go into a list."""
    command = options.maven.split() + goals + ["-Dtransfer.threads=%d" % options.threads]
    command += ["-Dtransfer.%s=%s" % item for item in properties.items()]
    command += ["-Dmodel=" + model] if model else []
    samples = [] if samples is None else samples
    lines, start = [], time.monotonic()
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def watch():
        while process.poll() is None:
            samples.append(memory.proportional(process.pid))
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for line in process.stdout:
        lines.append((time.monotonic() - start, line.rstrip()))
    status = process.wait()
    seconds = time.monotonic() - start
    watcher.join()
    if status != 0:
        raise SystemExit("\n".join(line for _, line in lines))
    return seconds, lines, max(samples)


def project(name, pom=None):
    folder = work / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pom.xml").write_text(pom or POM % version)
    return folder


def show(title, result):
    seconds, lines, peak = result
    load = os.getloadavg()[0]
    print("%s: %.1f s, peak %.0f MiB (load of the machine %.1f)" % (title, seconds, peak, load), flush=True)
    for at, line in lines:
        if re.search(r"transfer:|data |device|features |head |accuracy|model  |verify|rule|BUILD", line):
            print("    %6.1f  %s" % (at, line), flush=True)


def train(images, test, name, cache):
    data = natural_set.make(options.data / "scenes", work / ("images-%d-%d" % (images, test)), images, test)
    folder = project(name)
    shutil.rmtree(folder / "target", ignore_errors=True)
    return run(folder, ["verify"], dataset=data, cacheDirectory=cache)


def natural():
    cache = work / "cache"
    shutil.rmtree(cache, ignore_errors=True)
    show("14,000 + 3,000 images, nothing known", train(14000, 3000, "natural", cache))
    show("the same after clean, features known", train(14000, 3000, "natural", cache))


def curve():
    for images in (100, 1000, 10000):
        cache = work / "cache"
        shutil.rmtree(cache, ignore_errors=True)
        test = images // 6
        seconds, lines, peak = train(images - test, test, "curve", cache)
        print("%6d images  %6.1f s  %7.2f ms an image  peak %5.0f MiB" % (images, seconds, 1000 * seconds / images, peak), flush=True)


def first_batch(folder, data, cache):
    """Seconds from Maven's start to the trainer's word that it has made its first step of fine-tuning."""
    for kind in ("features", "images"):
        shutil.rmtree(cache / kind, ignore_errors=True)
    shutil.rmtree(folder / "target", ignore_errors=True)
    found, ended, begin = [], threading.Event(), time.monotonic()

    def watch():
        while not found and not ended.is_set():
            for file in (folder / "target").glob("**/events.jsonl"):
                text = file.read_text(errors="replace")
                epoch = text.find("epoch 1 of")
                if epoch >= 0 and '"STEP"' in text[epoch:]:
                    found.append(time.monotonic() - begin)
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    run(folder, ["generate-resources"], dataset=data, cacheDirectory=cache, mode="finetune", weights="none", epochs=1)
    ended.set()
    watcher.join()
    return found[0]


def start():
    cache = work / "cache"
    data = natural_set.make(options.data / "scenes", work / "images-600-120", 600, 120)
    folder, empty = project("start"), project("empty", re.sub(r"<build>.*</build>", "", POM % version, flags=re.S))
    first = [first_batch(folder, data, cache) for _ in range(4)][1:]
    print("from mvn to the first trained batch: %s s" % ", ".join("%.1f" % s for s in first), flush=True)
    shutil.rmtree(folder / "target", ignore_errors=True)
    run(folder, ["verify"], dataset=data, cacheDirectory=cache)
    nothing, unchanged = [], []
    for _ in range(5):
        nothing.append(run(empty, ["verify"])[0])
        unchanged.append(run(folder, ["generate-resources"], dataset=data, cacheDirectory=cache)[0])
    print("empty build %.1f s, train with nothing changed %.1f s (medians of 5 in turn)" % (
        statistics.median(nothing), statistics.median(unchanged)))


def flat():
    data = natural_set.make(options.data / "scenes", work / "images-1000-200", 1000, 200)
    folder = project("flat")
    shutil.rmtree(folder / "target", ignore_errors=True)
    samples = []
    run(folder, ["generate-resources"], samples, "densenet121", dataset=data, cacheDirectory=work / "cache", mode="finetune",
        weights="none", epochs=40, imageSize=64)
    quarter = len(samples) // 4
    print("at most %.0f MiB in the second quarter, %.0f in the last" % (
        max(samples[quarter:2 * quarter]), max(samples[3 * quarter:])))


work.mkdir(parents=True, exist_ok=True)
globals()[options.what]()
