/** End-to-end tests that may use their driver directly, with the reason. */
const ALLOWED: Record<string, string> = {
  "fresh_islands_test.ts": "tests the framework, on pages made for it",
  "fresh_reload_test.ts": "tests the framework, on pages made for it",
};

/** Methods of a driver that also work on unseen elements, with their
 * replacements. */
const INSTEAD: Record<string, string> = {
  check: "press",
  click: "press",
  fill: "enter",
  waitFor: "seen",
};

/** Replacements of `waitFor()` with a state. */
const NAMED_FOR: Record<string, string> = {
  attached: "announced",
  detached: "gone",
  hidden: "gone",
};

/** Functions whose argument runs in the page. */
const IN_PAGE = /^(evaluate|addInit|waitForFunction)/;

/** Forbids pressing or waiting for elements without seeing them first. */
export function checkSeen(path: string, context: Deno.lint.RuleContext) {
  const [, name = ""] = /^tests\/e2e\/(.+)$/.exec(path) ?? [];
  if (name === "" || name in ALLOWED) return {};
  return {
    CallExpression(node: Deno.lint.CallExpression) {
      const method = methodOf(node);
      const instead = method !== undefined && Object.hasOwn(INSTEAD, method)
        ? INSTEAD[method]
        : undefined;
      if (instead === undefined || runsInPage(context, node)) return;
      context.report({
        node,
        message: `Cannot use ${method}() here: a person must see it`,
        hint: "Import seen(), gone(), announced(), press() or enter() from " +
          "tests/support/seen.ts; `deno lint --fix` writes the call",
        fix: (fixer) =>
          fixer.replaceText(node, rewritten(context, node, instead)),
      });
    },
  };
}

function methodOf({ callee }: Deno.lint.CallExpression): string | undefined {
  if (callee.type !== "MemberExpression") return undefined;
  return callee.property.type === "Identifier"
    ? callee.property.name
    : undefined;
}

/** Returns `press(button, options)` for `button.click(options)`. */
function rewritten(
  { sourceCode }: Deno.lint.RuleContext,
  node: Deno.lint.CallExpression,
  instead: string,
): string {
  const { callee } = node;
  if (callee.type !== "MemberExpression") return sourceCode.getText(node);
  const options = node.arguments.map((at) => sourceCode.getText(at)).join(", ");
  const state = /state: "(\w+)",?/.exec(options) ?? [];
  const name = NAMED_FOR[state[1] ?? ""] ?? instead;
  const rest = options.replace(state[0] ?? "", "").replace(/^{\s*}$/, "");
  const element = sourceCode.getText(callee.object);
  return `${name}(${[element, rest].filter((at) => at !== "").join(", ")})`;
}

function runsInPage(
  context: Deno.lint.RuleContext,
  node: Deno.lint.CallExpression,
): boolean {
  return context.sourceCode.getAncestors(node).some((at) =>
    at.type === "CallExpression" && IN_PAGE.test(methodOf(at) ?? "") &&
    at.arguments.some(({ range: [from, to] }) =>
      from <= node.range[0] && node.range[1] <= to
    )
  );
}
