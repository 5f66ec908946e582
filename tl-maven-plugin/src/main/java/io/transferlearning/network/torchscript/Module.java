package io.transferlearning.network.torchscript;

import io.transferlearning.network.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A node of the tree of torch modules that dotted parameter names make: {@code
 * layer1.0.conv1.weight} lies three deep.
 */
final class Module {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_]\\w*");

  final String className;
  final Map<String, Module> children = new LinkedHashMap<>();
  final List<Leaf> leaves = new ArrayList<>();

  private Module(String className) {
    this.className = className;
  }

  /** A tensor of a module: its name there, and the parameter that it is. */
  record Leaf(String name, Parameter parameter) {}

  /** The tree of these parameters, in their order; the root's class is called {@code rootClass}. */
  static Module tree(String rootClass, Iterable<Parameter> parameters) {
    Module root = new Module(rootClass);
    for (Parameter parameter : parameters) {
      Module module = root;
      String[] path = parameter.name().split("\\.");
      for (int i = 0; i < path.length - 1; i++) {
        String child = module.className + "_" + path[i];
        module = module.children.computeIfAbsent(path[i], name -> new Module(child));
      }
      module.leaves.add(new Leaf(path[path.length - 1], parameter));
    }
    return root;
  }

  /**
   * How code reaches a tensor or module of a dotted path: names that Python cannot spell go through
   * getattr.
   */
  static String access(String path) {
    String expression = "self";
    for (String name : path.split("\\.")) {
      expression =
          IDENTIFIER.matcher(name).matches()
              ? expression + "." + name
              : "getattr(" + expression + ", \"" + name + "\")";
    }
    return expression;
  }

  /** The declaration of this class, without methods. */
  void declare(StringBuilder code) {
    code.append("class ").append(className).append("(Module):\n");
    code.append("  __parameters__ = ").append(names(true)).append('\n');
    code.append("  __buffers__ = ").append(names(false)).append('\n');
    leaves.forEach(leaf -> attribute(code, leaf.name(), "Tensor"));
    attribute(code, "training", "bool");
    children.forEach((name, child) -> attribute(code, name, "__torch__." + child.className));
  }

  /** Declares an attribute of the class whose declaration {@code code} ends with. */
  static void attribute(StringBuilder code, String name, String type) {
    if (IDENTIFIER.matcher(name).matches()) {
      code.append("  ").append(name).append(" : ").append(type).append('\n');
    } else {
      code.append("  __annotations__[\"").append(name).append("\"] = ").append(type).append('\n');
    }
  }

  private String names(boolean trained) {
    StringBuilder list = new StringBuilder("[");
    leaves.stream()
        .filter(leaf -> leaf.parameter().role().trained() == trained)
        .forEach(leaf -> list.append('"').append(leaf.name()).append("\", "));
    return list.append(']').toString();
  }
}
