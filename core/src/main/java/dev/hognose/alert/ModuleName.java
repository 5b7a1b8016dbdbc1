package dev.hognose.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The module that a file holds, as far as its path tells: {@code shop.views} for {@code
 * /srv/shop/releases/20261120/shop/views.py}.
 *
 * <p>A release's folder, a virtual environment or another home directory in the path must not make
 * another module. So folders are taken from the file outwards for as long as they can be packages,
 * and at most {@value #MOST_FOLDERS} of them.
 */
public final class ModuleName {

  /** Enough to tell {@code orders.api.v1.views} from {@code carts.api.v1.views}. */
  private static final int MOST_FOLDERS = 3;

  private static final int LONGEST = 200;

  private static final Pattern PACKAGE =
      Pattern.compile("[\\p{IsAlphabetic}_][\\p{IsAlphabetic}\\d_]*");

  /** A commit, a build's number, a date or a version: {@code a1b2c3d4}, {@code shop_20261120}. */
  private static final Pattern RELEASE =
      Pattern.compile("[0-9a-f]{7,}|.*\\d{4,}.*|.*\\d_\\d+.*", Pattern.CASE_INSENSITIVE);

  /** Folders that packages lie in and that are none themselves. */
  private static final Set<String> ROOTS =
      Set.of(
          "src",
          "lib",
          "lib64",
          "current",
          "previous",
          "release",
          "srv",
          "opt",
          "www",
          "local",
          "build",
          "dist",
          "venv",
          "env",
          "site");

  /** What lies in these is called after a release, an environment or a person. */
  private static final Set<String> SHELVES =
      Set.of(
          "releases",
          "versions",
          "deploys",
          "deployments",
          "builds",
          "revisions",
          "envs",
          "venvs",
          "virtualenvs",
          "home",
          "users",
          "worktrees",
          "workspaces",
          "snapshots");

  private ModuleName() {}

  /** What is no path of a file, as {@code <string>}, stays as it is. */
  public static String of(String file) {
    if (file.startsWith("<")) {
      return Wording.legible(file, LONGEST);
    }
    String[] parts = file.replace('\\', '/').split("/", -1);
    int last = parts.length - 1;
    int from = last;
    while (from > 0 && last - from < MOST_FOLDERS && isPackage(parts, from - 1)) {
      from--;
    }
    String stem = parts[last].replaceFirst("\\.[A-Za-z]+$", "");
    boolean isFolder = stem.equals("__init__") && from < last;
    String folders = String.join(".", Arrays.asList(parts).subList(from, last));
    String name = isFolder || folders.isEmpty() ? folders : folders + "." + stem;
    return Wording.legible(name.isEmpty() ? stem : name, LONGEST);
  }

  private static boolean isPackage(String[] parts, int at) {
    String folder = parts[at];
    boolean topmost = at == 1 && (parts[0].isEmpty() || parts[0].endsWith(":"));
    return !topmost
        && PACKAGE.matcher(folder).matches()
        && !RELEASE.matcher(folder).matches()
        && !ROOTS.contains(lower(folder))
        && !SHELVES.contains(lower(folder))
        && !(at > 0 && SHELVES.contains(lower(parts[at - 1])));
  }

  private static String lower(String folder) {
    return folder.toLowerCase(Locale.ROOT);
  }
}
