package io.transferlearning.problem;

import java.nio.file.Path;

/** What can be wrong with a zip of images, in words. */
public final class ArchiveProblems {
  private static final String AGAIN =
      "make or fetch the zip again, or unpack it and name the folder";

  private ArchiveProblems() {}

  /** A file that is no zip, or a damaged or encrypted one. */
  public static Problem broken(Path zip, Exception cause) {
    return new Problem("the zip " + zip + " can not be read: " + cause.getMessage(), AGAIN, cause);
  }

  /** The disk does not take it. */
  public static Problem cannotUnpack(Path zip, Path folder, Exception cause) {
    return new Problem(
        "the zip " + zip + " can not be unpacked to " + folder + ": " + cause,
        "check that the folder can be written to, or set another: -Dtransfer.cacheDirectory=FOLDER",
        cause);
  }

  /** A zip with nothing of use in it. */
  public static Problem noImages(Path zip, int entries) {
    return new Problem(
        "the zip "
            + zip
            + " holds no images (JPEG, PNG, BMP, GIF, WebP, TIFF) among its "
            + entries
            + " entries",
        "name a zip of class folders with images");
  }

  /** An entry whose name leads out of the folder, or is none. */
  public static Problem outside(Path zip, String entry) {
    return new Problem(
        "the zip " + zip + " has an entry with a name that can not be used: '" + entry + "'",
        "look at where the zip comes from: no usual tool writes such names; " + AGAIN);
  }

  /** Two entries of one name: which is meant can not be known. */
  public static Problem twice(Path zip, String entry) {
    return new Problem("the zip " + zip + " has two entries named '" + entry + "'", AGAIN);
  }

  /** Two names that are one where case, or the form of accents, does not count. */
  public static Problem sameNameTwice(Path zip, String one, String other) {
    return new Problem(
        "the zip %s has two names that differ in case or the form of accents alone: '%s', '%s'"
            .formatted(zip, one, other),
        "put the images of both into one folder, or rename one of the two, and make the zip again");
  }

  /** An entry larger than any image. */
  public static Problem tooLarge(Path zip, String entry, long most) {
    return new Problem(
        "the entry '" + entry + "' of the zip " + zip + " is larger than " + most + " bytes",
        AGAIN);
  }

  /** A zip that claims more than its size can hold. */
  public static Problem bomb(Path zip, long bytes) {
    return new Problem(
        "the zip " + zip + " claims to hold " + bytes + " bytes, more than can be in it",
        "look at where the zip comes from; " + AGAIN);
  }

  /** A disk without room for it. */
  public static Problem noSpace(Path zip, Path folder, long bytes, long free) {
    return new Problem(
        "the zip %s needs %s MB in %s, where %s MB are free"
            .formatted(zip, bytes >> 20, folder, free >> 20),
        "make room, or set another folder: -Dtransfer.cacheDirectory=FOLDER");
  }
}
