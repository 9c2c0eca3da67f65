// Loaded before all tests by `deno task test`: a test that hangs fails after
// five minutes, and the remaining tests run.

/** Milliseconds, longer than the slowest test takes on a busy host. */
const LIMIT_MS = 300_000;

type Register = (...given: unknown[]) => void;
type Step = Deno.TestDefinition["fn"];

const register = Deno.test;

/** Turns what `Deno.test` is called with into one definition. */
function definitionOf(given: unknown[]): Partial<Deno.TestDefinition> {
  const definition: Partial<Deno.TestDefinition> = {};
  for (const part of given) {
    if (typeof part === "string") definition.name = part;
    else if (typeof part === "object") Object.assign(definition, part);
    else if (typeof part === "function") definition.fn = part as Step;
  }
  definition.name ??= definition.fn?.name ?? "";
  return definition;
}

const limited: Register = (...given) => {
  const definition = { timeout: LIMIT_MS, ...definitionOf(given) };
  register(definition as Deno.TestDefinition);
};

Object.assign(Deno, { test: Object.assign(limited, register) });
