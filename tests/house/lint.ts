import { checkSeen } from "./lint_seen.ts";
import { mayImport, roomOf } from "./rooms.ts";

const ROOT = new URL("../../", import.meta.url);
const FUNCTION_LINES_MAX = 60;

/** Interfaces to the outside that only these files may use. */
const ONE_PLACE: Record<string, string[]> = {
  env: ["lib/program/config.ts"],
  openKv: ["lib/store/open_engine.ts"],
  // It collects a fragmented message without limit; see lib/port/ws_sockets.ts.
  upgradeWebSocket: [],
};

/** Methods of a Request that collect a body of any length. */
const UNBOUNDED = new Set([
  "arrayBuffer",
  "blob",
  "bytes",
  "formData",
  "json",
  "text",
]);
/** The server's code, and the file that reads bodies for all of it. */
const SERVER = /^(routes|lib\/(port|program|web|admin|fresh))\//;
const BODY_READER = "lib/web/api_body.ts";

/** Files outside the rooms, without rules: tools, tests, the two entries. */
const FREE = /^(tests|bench)\/|_test\.tsx?$|^dev\.ts$|^widget\/build\.ts$/;

/** The lint rules that need a syntax tree. `deno lint` loads them. */
export default {
  name: "house",
  rules: {
    "room-imports": { create: checkImports },
    "browser-safe": { create: checkBrowserSafe },
    "one-place": { create: checkOnePlace },
    "function-length": { create: checkFunctionLength },
    "bounded-body": { create: checkBoundedBody },
    "seen": {
      create: (context) => checkSeen(fromRoot(context.filename), context),
    },
    "composed-keys": { create: checkComposedKeys },
    "no-max-length": { create: checkMaxLength },
  },
} satisfies Deno.lint.Plugin;

type Sourced = Deno.lint.Node & { source: Deno.lint.Expression | null };

function checkImports(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const path = fromRoot(context.filename);
  function check(node: Sourced): void {
    if (node.source?.type !== "Literal") return;
    const target = resolve(String(node.source.value), path);
    if (mayImport(path, target)) return;
    context.report({
      node,
      message: `Cannot import ${target} from ${roomOf(path)?.path}`,
      hint: "tests/house/rooms.ts says who may import whom",
    });
  }
  return {
    ImportDeclaration: check,
    ImportExpression: check,
    ExportAllDeclaration: check,
    ExportNamedDeclaration: check,
  };
}

function checkBrowserSafe(
  context: Deno.lint.RuleContext,
): Deno.lint.LintVisitor {
  const path = fromRoot(context.filename);
  if (!roomOf(path)?.browser || FREE.test(path)) return {};
  return {
    'MemberExpression[object.name="Deno"]'(node: Deno.lint.MemberExpression) {
      context.report({ node, message: "Cannot use Deno: browsers run this" });
    },
  };
}

function checkOnePlace(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const path = fromRoot(context.filename);
  if (FREE.test(path)) return {};
  return {
    'MemberExpression[object.name="Deno"]'(node: Deno.lint.MemberExpression) {
      const name = context.sourceCode.getText(node.property);
      const places = ONE_PLACE[name];
      if (places === undefined || places.includes(path)) return;
      const only = places.join(", ") || "nowhere";
      const message = `Cannot use Deno.${name} here: only ${only}`;
      context.report({ node, message });
    },
  };
}

function checkFunctionLength(
  context: Deno.lint.RuleContext,
): Deno.lint.LintVisitor {
  function check(node: Deno.lint.Node): void {
    const lines = context.sourceCode.getText(node).split("\n").length;
    if (lines <= FUNCTION_LINES_MAX) return;
    const message = `Function has ${lines} lines, limit ${FUNCTION_LINES_MAX}`;
    context.report({ node, message });
  }
  return {
    FunctionDeclaration: check,
    FunctionExpression: check, // Methods too.
    ArrowFunctionExpression(node) {
      if (!isTest(node.parent, context)) check(node);
    },
  };
}

/** A test is a list of steps, so its length is not limited. */
function isTest(
  node: Deno.lint.Node,
  { sourceCode }: Deno.lint.RuleContext,
): boolean {
  return node.type === "CallExpression" &&
    ["Deno.test", "eachEngine"].includes(sourceCode.getText(node.callee));
}

/** Protects memory: a request's body is read only up to a limit. */
function checkBoundedBody(
  context: Deno.lint.RuleContext,
): Deno.lint.LintVisitor {
  const path = fromRoot(context.filename);
  if (!SERVER.test(path) || path === BODY_READER || FREE.test(path)) return {};
  return {
    "CallExpression > MemberExpression"(node: Deno.lint.MemberExpression) {
      const owner = context.sourceCode.getText(node.object);
      const method = context.sourceCode.getText(node.property);
      if (!UNBOUNDED.has(method) || !/\breq(uest)?$/.test(owner)) return;
      context.report({
        node,
        message: `Cannot read a body with ${method}(): it has no limit`,
        hint: "lib/web/api_body.ts has readBytes, readJson and readForm",
      });
    },
  };
}

/** Protects users of input methods (Japanese, Chinese, Korean), which use Enter
 * and Escape before the page may. */
function checkComposedKeys(
  context: Deno.lint.RuleContext,
): Deno.lint.LintVisitor {
  const path = fromRoot(context.filename);
  if (!PAGES.test(path) || FREE.test(path)) return {};
  const text = context.sourceCode.text;
  return {
    Literal(node: Deno.lint.Literal) {
      if (node.value !== "Enter" && node.value !== "Escape") return;
      if (/\bisComposing\(/.test(text)) return;
      context.report({
        node,
        message: `Cannot act on ${node.value} while an input method composes`,
        hint: "Ask isComposing() of lib/base/keys.ts first",
      });
    },
  };
}

/** The rooms of admin and desk that render something. */
const PAGES = /^(components|desk|islands|routes|lib\/ui)\//;

/** The browser silently cuts pasted text in such a field. */
function checkMaxLength(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const path = fromRoot(context.filename);
  if (!PAGES.test(path)) return {};
  return {
    'JSXAttribute[name.name="maxLength"]'(node: Deno.lint.JSXAttribute) {
      context.report({
        node,
        message: "Cannot use maxLength: it cuts pasted text silently",
        hint: "Give TextInput or TextArea of lib/ui a limit",
      });
    },
  };
}

function resolve(specifier: string, path: string): string {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (!specifier.startsWith(".")) return specifier;
  return fromRoot(new URL(specifier, new URL(path, ROOT)).pathname);
}

function fromRoot(filename: string): string {
  return filename.replace(ROOT.pathname, "");
}
