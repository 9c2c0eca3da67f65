/** A member of a message: its name, and in words what it may be. */
export interface Member {
  name: string;
  optional: boolean;
  words: string;
}

/** As much of a valibot schema, or of a step of its pipe, as is put in words. */
interface Node {
  type: string;
  [member: string]: unknown;
}

/** The members of an object's schema, in their order. */
export function membersOf(schema: object): Member[] {
  return Object.entries(entriesOf(schema)).map(([name, entry]) => {
    const node = nodeOf(entry);
    const optional = node.type === "exact_optional";
    const inner = optional ? nodeOf(node.wrapped) : node;
    return { name, optional, words: words(inner) };
  });
}

/** The variants of a schema; of one without variants itself. */
export function variantsOf(schema: object): object[] {
  const { type, options } = nodeOf(schema);
  return type === "variant" ? listOf(options).flatMap(variantsOf) : [schema];
}

function words(node: Node): string {
  const limits = stepsOf(node).map(limit).filter((one) => one !== "");
  return [kind(node), ...limits].join(", ");
}

/** All steps of its pipe; the first of a pipe is a schema with its own. */
function stepsOf(node: Node): Node[] {
  if (!("pipe" in node)) return [node];
  const [first, ...others] = listOf(node.pipe).map(nodeOf);
  return first === undefined ? others : [...stepsOf(first), ...others];
}

function kind(node: Node): string {
  switch (node.type) {
    case "literal":
      return code(JSON.stringify(node.literal));
    case "string":
      return "text";
    case "number":
      return "number";
    case "boolean":
      return "`true` or `false`";
    case "picklist":
      return listOf(node.options, String).map((one) => code(`"${one}"`))
        .join(", ");
    case "array":
      return `list of: ${words(nodeOf(node.item))}`;
    case "record":
      return `texts by name`;
    case "object":
      return `object: ${
        membersOf(node).map(({ name, optional, words }) =>
          `${code(name + (optional ? "?" : ""))} ${words}`
        ).join("; ")
      }`;
    default:
      throw new TypeError(`Cannot put ${node.type} in words`);
  }
}

function limit({ type, requirement }: Node): string {
  switch (type) {
    case "min_length":
      return requirement === 1 ? "not empty" : `at least ${requirement}`;
    case "max_length":
      return `at most ${number(requirement)}`;
    case "min_value":
      return `at least ${requirement}`;
    case "safe_integer":
    case "integer":
      return "whole";
    case "regex":
      return code(String(requirement).replaceAll("|", "\\|"));
    default:
      return "";
  }
}

/** A number as people read it: `32,768`. */
export function number(value: unknown): string {
  return Number(value).toLocaleString("en");
}

const code = (text: string) => "`" + text + "`";

function entriesOf(schema: object): Record<string, unknown> {
  const { entries } = nodeOf(schema);
  if (typeof entries !== "object" || entries === null) {
    throw new TypeError("Cannot find the members of what is no object");
  }
  return { ...entries };
}

function nodeOf(value: unknown): Node {
  if (typeof value !== "object" || value === null || !("type" in value)) {
    throw new TypeError("Cannot put in words what is no schema");
  }
  return { ...value, type: String(value.type) };
}

function listOf(value: unknown): object[];
function listOf<T>(value: unknown, each: (one: unknown) => T): T[];
function listOf(value: unknown, each = (one: unknown) => one): unknown[] {
  if (!Array.isArray(value)) throw new TypeError("Cannot read what is no list");
  return value.map((one) => each(one));
}
