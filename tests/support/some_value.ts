import type { Chance } from "./chance.ts";

type JsonSchema = Readonly<Record<string, unknown>>;

/** Returns a random value of a JSON Schema, as far as it can be expressed: a
 * pattern is met only by the examples below. */
export function someValue(schema: unknown, luck: Chance): unknown {
  if (!isObject(schema)) return null;
  const { const: fixed, enum: values, anyOf, oneOf } = schema;
  if (fixed !== undefined) return fixed;
  const choices = [values, anyOf, oneOf].find(Array.isArray);
  if (choices !== undefined && choices.length > 0) {
    const one: unknown = choices[luck.below(choices.length)];
    return choices === values ? one : someValue(one, luck);
  }
  switch (schema["type"]) {
    case "string":
      return someText(schema, luck);
    case "number":
    case "integer":
      return someNumber(schema, luck);
    case "boolean":
      return luck.below(2) === 0;
    case "array": {
      const { minItems = 0, maxItems = 3, items } = schema;
      const most = Math.min(Number(maxItems), Number(minItems) + 2);
      const length = Number(minItems) +
        luck.below(most - Number(minItems) + 1);
      return Array.from({ length }, () => someValue(items, luck));
    }
    case "object":
      return someObject(schema, luck);
    default:
      return null;
  }
}

function someObject(schema: JsonSchema, luck: Chance): unknown {
  const { properties, required } = schema;
  const needed = Array.isArray(required) ? required : [];
  return Object.fromEntries(
    Object.entries(isObject(properties) ? properties : {})
      .filter(([name]) => needed.includes(name) || luck.below(4) === 0)
      .map(([name, one]) => [name, someValue(one, luck)]),
  );
}

/** Texts that meet the patterns of the schemas. */
const EXAMPLES = ["en", "ada", "09:00", "2030-12-24", "#0a7d5a", "utm_source"];

function someText(schema: JsonSchema, luck: Chance): string {
  const { pattern, minLength = 0, maxLength = 20 } = schema;
  if (typeof pattern === "string") {
    const known = EXAMPLES.filter((text) =>
      new RegExp(pattern, "u").test(text)
    );
    return known[luck.below(known.length)] ?? "https://www.example.com";
  }
  const most = Math.min(Number(maxLength), Number(minLength) + 12);
  const length = Number(minLength) + luck.below(most - Number(minLength) + 1);
  return Array.from({ length }, () => luck.pick(["a", "Z", "7", " ", "é"]))
    .join("");
}

function someNumber(schema: JsonSchema, luck: Chance): number {
  const { minimum = -10, maximum = Number(minimum) + 200 } = schema;
  const whole = Number(minimum) +
    luck.below(Number(maximum) - Number(minimum) + 1);
  return schema["type"] === "integer" || luck.below(3) > 0 ? whole : whole / 3;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
