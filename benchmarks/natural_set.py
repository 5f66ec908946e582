"""Makes a set of the natural size of the task from a folder of photos: seg_train and seg_test with class folders of 150x150 JPEGs.

Each image is a random part of a photo of its split and class, mirrored or not, its brightness and contrast changed a little, resized by
Pillow and encoded again. The same seed gives the same files. Train and test come of different photos."""

import multiprocessing
import pathlib
import random

from PIL import Image, ImageEnhance

SIZE = 150


def one(job):
    photos, target, seed = job
    rng = random.Random(seed)
    image = Image.open(rng.choice(photos)).convert("RGB")
    side = rng.uniform(0.75, 1) * min(image.size)
    left, top = rng.uniform(0, image.width - side), rng.uniform(0, image.height - side)
    image = image.resize((SIZE, SIZE), Image.BILINEAR, (left, top, left + side, top + side))
    if rng.random() < 0.5:
        image = image.transpose(Image.FLIP_LEFT_RIGHT)
    image = ImageEnhance.Brightness(image).enhance(rng.uniform(0.8, 1.2))
    image = ImageEnhance.Contrast(image).enhance(rng.uniform(0.8, 1.2))
    image.save(target, quality=90)


def make(source, target, train, test, classes=6, seed=1):
    """Writes train + test images, spread evenly over the classes with the most photos; does nothing where it was done before."""
    source, target = pathlib.Path(source), pathlib.Path(target)
    done = target / ("done-%d-%d-%d-%d" % (train, test, classes, seed))
    if done.exists():
        return target
    folders = sorted((source / "seg_train").iterdir(), key=lambda f: (-len(list(f.iterdir())), f.name))[:classes]
    jobs = []
    for split, count in (("seg_train", train), ("seg_test", test)):
        for c, name in enumerate(sorted(f.name for f in folders)):
            photos = sorted((source / split / name).iterdir())
            folder = target / split / name
            folder.mkdir(parents=True, exist_ok=True)
            for i in range(count // classes + (c < count % classes)):
                jobs.append((photos, folder / ("%05d.jpg" % i), "%d %s %s %d" % (seed, split, name, i)))
    with multiprocessing.Pool() as pool:
        pool.map(one, jobs, chunksize=100)
    done.touch()
    return target
