import {
  type CssNode,
  type Declaration,
  generate,
  parse,
  type Rule,
  walk,
  type WalkContext,
} from "css-tree";
import { entryAt, type FeatureId, membersOf } from "./compat_data.ts";
import type { Use } from "./script_features.ts";

// Finds the features of CSS that a style sheet uses.

const UNITS: Record<string, string> = {
  dv: "viewport_percentage_units_dynamic",
  lv: "viewport_percentage_units_large",
  sv: "viewport_percentage_units_small",
  cq: "container_query_length_units",
};

/**
 * Uses of features in one style sheet, without those inside `@supports`, and
 * without values that follow an older value of the same property, of its prefixed
 * form or of its shorthand in the same rule: a browser that does not know the later one takes the
 * earlier one.
 */
export function styleUses(
  file: string,
  css: string,
  isNew: (feature: FeatureId) => boolean,
): Use[] {
  const uses: Use[] = [];
  const root = parse(css, {
    parseCustomProperty: true,
    onParseError(error) {
      throw new SyntaxError(`${file}: ${error.message}`);
    },
  });
  walk(root, {
    enter(this: WalkContext, node: CssNode): symbol | undefined {
      if (node.type === "Atrule" && node.name === "supports") return this.skip;
      if (node.type === "Declaration" && hasFallback(node, this.rule, isNew)) {
        return this.skip;
      }
      const isInside = this.rule !== null && node.type === "Atrule";
      if (isInside) uses.push({ file, features: ["css.selectors.nesting"] });
      const inside = node.type === "Declaration" && { property: node.property };
      for (const features of featuresOf(node)) {
        uses.push({ file, features, ...inside });
      }
      return undefined;
    },
  });
  return uses;
}

function featuresOf(node: CssNode): FeatureId[][] {
  switch (node.type) {
    case "Atrule":
      return known(`css.at-rules.${node.name}`);
    case "Feature":
      return known(`css.at-rules.${node.kind}.${node.name}`);
    case "NestingSelector":
      return known("css.selectors.nesting");
    case "PseudoClassSelector":
    case "PseudoElementSelector":
      // A rule for one engine's own part is meant to be dropped by the others.
      if (node.name.startsWith("-")) return [];
      return known(`css.selectors.${node.name}`);
    case "Declaration":
      return declarationFeatures(node);
    default:
      return [];
  }
}

function known(feature: FeatureId): FeatureId[][] {
  return entryAt(feature)?.__compat === undefined ? [] : [[feature]];
}

/** True if an earlier declaration of the rule sets the same property to a value
 * that every target knows. */
function hasFallback(
  node: Declaration,
  rule: Rule | null,
  isNew: (feature: FeatureId) => boolean,
): boolean {
  const declarations = rule?.block.children.toArray() ?? [];
  return declarations.slice(0, declarations.indexOf(node)).some((other) =>
    other.type === "Declaration" &&
    `${node.property}-`.startsWith(
      `${other.property.replace(/^-webkit-/, "")}-`,
    ) &&
    !declarationFeatures(other).some((each) => each.every(isNew))
  );
}

/** The property, and the keywords, functions and units of its value. */
function declarationFeatures(declaration: Declaration): FeatureId[][] {
  const property = `css.properties.${declaration.property}`;
  const found: FeatureId[][] = [[property]];
  walk(declaration.value, (node) => {
    if (node.type === "Identifier") found.push([`${property}.${node.name}`]);
    if (node.type === "Function") found.push(functionFeatures(node.name));
    if (node.type === "Dimension") {
      const unit = UNITS[node.unit.slice(0, 2)] ?? node.unit;
      found.push([`css.types.length.${unit}`]);
    }
    if (node.type === "Raw" && /[({]/.test(generate(node))) {
      const names = generate(node).matchAll(/([\w-]+)\(/g);
      for (const [, name = ""] of names) found.push(functionFeatures(name));
    }
  });
  return found.filter((each) => each.some((path) => entryAt(path)?.__compat));
}

/** Functions are separate types, or one level below, as `color-mix`. */
function functionFeatures(name: string): FeatureId[] {
  const types = membersOf("css.types");
  return [
    `css.types.${name}`,
    ...types.map((type) => `${type}.${name}`),
  ].filter((path) => entryAt(path)?.__compat);
}
