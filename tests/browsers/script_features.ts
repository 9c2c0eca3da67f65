import {
  type AnyNode,
  type MemberExpression,
  parse,
  type Program,
} from "acorn";
import { ancestor } from "acorn-walk";
import { entryAt, type FeatureId, membersOf } from "./compat_data.ts";

// Finds the features of the DOM and of JavaScript that a script uses.

/** A feature that a file uses, with candidates if only its name is known. */
export interface Use {
  file: string;
  /** All entries that it may be: it is new only if all of them are. */
  features: FeatureId[];
  /** The CSS property in whose value it is. */
  property?: string;
}

/** Interfaces of the objects that every page has. */
const OBJECTS: Record<string, string> = {
  document: "Document",
  navigator: "Navigator",
  crypto: "Crypto",
  performance: "Performance",
  history: "History",
  location: "Location",
  screen: "Screen",
};
const GLOBAL_OBJECTS = ["globalThis", "window", "self"];

interface Named {
  name: string;
  /** The global object whose member it is, if any. */
  owner?: string;
  features: FeatureId[];
}

/** Parses a built script; throws on syntax newer than ECMAScript 2022. */
export function parseScript(code: string): Program {
  return parse(code, { ecmaVersion: 2022, sourceType: "module" });
}

/**
 * Uses of features in one script, without those that the script asks about
 * first: `"x" in y`, `typeof`, `y.x?.()`, `y.x && …`, `X.y ||= …`. `own` are the
 * names that the bundle itself gives to members: nothing can be said of them.
 */
export function scriptUses(
  file: string,
  program: Program,
  own: ReadonlySet<string>,
): Use[] {
  const declared = declaredIn(program);
  const uses = new Map<AnyNode, Named>();
  const asked = new Set<string>();
  ancestor(program, {
    Identifier(node) {
      if (declared.has(node.name)) return;
      uses.set(node, { name: node.name, features: globalFeatures(node.name) });
    },
    MemberExpression(node, _, ancestors) {
      const name = nameOf(node);
      if (name === undefined) return;
      const parent = ancestors.at(-2);
      if (asks(node, parent)) asked.add(name);
      const features = memberFeatures(node, name, declared);
      if (features === undefined && own.has(name)) return;
      uses.set(node, {
        name,
        owner: globalNameOf(node.object, declared),
        features: features ?? instanceFeatures(name),
      });
    },
    ObjectPattern(node) {
      for (const property of node.properties) {
        const name = property.type === "Property" && keyOf(property.key);
        if (!name || own.has(name)) continue;
        uses.set(property, { name, features: instanceFeatures(name) });
      }
    },
    BinaryExpression(node) {
      if (node.operator !== "in" || node.left.type !== "Literal") return;
      asked.add(String(node.left.value));
    },
    UnaryExpression({ operator, argument }) {
      if (operator !== "typeof") return;
      if (argument.type === "Identifier") asked.add(argument.name);
      if (argument.type === "MemberExpression") {
        asked.add(nameOf(argument) ?? "");
      }
    },
  });
  return [...uses.values()]
    .filter(({ name, owner = "", features }) =>
      features.length > 0 && !asked.has(name) && !asked.has(owner)
    )
    .map(({ features }) => ({ file, features }));
}

/** Names that a script gives to members of its objects and classes, or sets. */
export function ownMembers(program: Program): Set<string> {
  const names = new Set<string>();
  const add = (key: AnyNode) => names.add(keyOf(key) ?? "");
  ancestor(program, {
    ObjectExpression({ properties }) {
      for (const each of properties) {
        if (each.type === "Property") add(each.key);
      }
    },
    AssignmentExpression({ left }) {
      if (left.type === "MemberExpression" && !left.computed) {
        add(left.property);
      }
    },
    MethodDefinition: ({ key }) => add(key),
    PropertyDefinition: ({ key }) => add(key),
  });
  return names;
}

/** True if the expression only asks whether the member is there. */
function asks(node: MemberExpression, parent: AnyNode | undefined): boolean {
  switch (parent?.type) {
    case "CallExpression":
      return parent.optional && parent.callee === node;
    case "MemberExpression":
      return parent.optional && parent.object === node;
    case "LogicalExpression":
      return parent.left === node || parent.operator === "&&";
    case "ConditionalExpression":
    case "IfStatement":
      return parent.test === node;
    case "AssignmentExpression":
      return /^(\|\||\?\?)=$/.test(parent.operator) && parent.left === node;
    case "UnaryExpression":
      return parent.operator === "!";
    default:
      return false;
  }
}

function globalNameOf(
  object: AnyNode,
  declared: ReadonlySet<string>,
): string {
  const isGlobal = object.type === "Identifier" && !declared.has(object.name);
  return isGlobal ? object.name : "";
}

function globalFeatures(name: string): FeatureId[] {
  return [
    `javascript.builtins.${name}`,
    `javascript.builtins.globalThis.${name}`,
    `api.${name}`,
    `api.Window.${name}`,
  ].filter(isKnown).slice(0, 1);
}

/** Of a member of a global object; undefined if the object is of any kind. */
function memberFeatures(
  { object }: MemberExpression,
  name: string,
  declared: ReadonlySet<string>,
): FeatureId[] | undefined {
  if (object.type !== "Identifier" || declared.has(object.name)) {
    return undefined;
  }
  if (GLOBAL_OBJECTS.includes(object.name)) return globalFeatures(name);
  const type = OBJECTS[object.name];
  if (type !== undefined) return [`api.${type}.${name}`].filter(isKnown);
  if (globalFeatures(object.name).length === 0) return undefined;
  return [
    `javascript.builtins.${object.name}.${name}`,
    `api.${object.name}.${name}_static`,
  ].filter(isKnown);
}

let byName: Map<string, FeatureId[]> | undefined;

/** All members of that name, of whatever object. */
function instanceFeatures(name: string): FeatureId[] {
  byName ??= collectMembers();
  return byName.get(name) ?? [];
}

function collectMembers(): Map<string, FeatureId[]> {
  const found = new Map<string, FeatureId[]>();
  const types = [...membersOf("api"), ...membersOf("javascript.builtins")];
  types.push(...membersOf("javascript.builtins.Intl"));
  for (const type of types) {
    for (const path of membersOf(type)) {
      const name = path.slice(type.length + 1);
      if (name.endsWith("_static") || !isKnown(path)) continue;
      found.set(name, [...found.get(name) ?? [], path]);
    }
  }
  return found;
}

function isKnown(path: FeatureId): boolean {
  return entryAt(path)?.__compat !== undefined;
}

/** Names that a script declares anywhere. */
function declaredIn(program: Program): Set<string> {
  const names = new Set<string>();
  ancestor(program, {
    Pattern(node) {
      if (node.type === "Identifier") names.add(node.name);
    },
    ImportDeclaration({ specifiers }) {
      for (const { local } of specifiers) names.add(local.name);
    },
  });
  return names;
}

function nameOf(node: MemberExpression): string | undefined {
  if (!node.computed) return keyOf(node.property);
  const { property } = node;
  return property.type === "Literal" && typeof property.value === "string"
    ? property.value
    : undefined;
}

function keyOf(node: AnyNode): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "Literal") return String(node.value);
  return undefined;
}
