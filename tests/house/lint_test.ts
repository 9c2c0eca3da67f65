import { deepEqual } from "node:assert/strict";
import plugin from "./lint.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

function messages(path: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, `${ROOT}${path}`, source)
    .map(({ message }) => message);
}

Deno.test("lint forbids reading a request's body without a limit", () => {
  const found = [
    ...messages("routes/x.ts", "const form = await ctx.req.formData();"),
    ...messages("routes/x.ts", "export const a = (request) => request.json();"),
    ...messages("lib/web/x.ts", "await req.arrayBuffer().catch(() => {});"),
    ...messages("routes/x.ts", "await readForm(ctx.req); response.json();"),
  ];

  deepEqual(found, [
    "Cannot read a body with formData(): it has no limit",
    "Cannot read a body with json(): it has no limit",
    "Cannot read a body with arrayBuffer(): it has no limit",
  ]);
});

Deno.test("lint forbids clicking in end-to-end tests without checking visibility", () => {
  const bare = "await page.locator('a').click(); await button.fill('x');";
  const waits = "await page.getByText('a').waitFor({ timeout: 9 });";
  const inPage = "await a.evaluate((button) => button.click());";
  const found = [
    ...messages("tests/e2e/x_test.ts", bare + waits + inPage),
    ...messages("tests/e2e/fresh_islands_test.ts", bare),
    ...messages("tests/support/x.ts", bare),
    ...messages("tests/e2e/x_test.ts", "await press(page.locator('a'));"),
  ];

  deepEqual(found, [
    "Cannot use click() here: a person must see it",
    "Cannot use fill() here: a person must see it",
    "Cannot use waitFor() here: a person must see it",
  ]);
});

Deno.test("lint forbids handling Enter or Escape without isComposing()", () => {
  const handler = 'const on = (e) => { if (e.key === "Enter") send(); };';
  const asks = 'const on = (e) => !isComposing(e) && e.key === "Escape";';
  const found = [
    ...messages("desk/x.ts", handler),
    ...messages("lib/ui/x.ts", handler.replace("Enter", "Escape")),
    ...messages("islands/x.ts", asks),
    ...messages("lib/store/x.ts", handler),
  ];

  deepEqual(found, [
    "Cannot act on Enter while an input method composes",
    "Cannot act on Escape while an input method composes",
  ]);
});

Deno.test("lint forbids fields that cut pasted text", () => {
  const found = [
    ...messages("islands/x.tsx", "export const a = <input maxLength={3} />;"),
    ...messages("lib/ui/x.tsx", "export const a = <Text limit={3} />;"),
  ];

  deepEqual(found, ["Cannot use maxLength: it cuts pasted text silently"]);
});

Deno.test("lint limits the length of every function but a test's own", () => {
  const lines = (count: number) => "\n".repeat(count - 1);
  const found = [
    ...messages("lib/x.ts", `export const f = () => {${lines(61)}};`),
    ...messages("lib/x.ts", `f({ on() {${lines(62)}} });`),
    ...messages("lib/x.ts", `class A { b() {${lines(63)}} }`),
    ...messages("lib/x.ts", `function f() {${lines(64)}}`),
    ...messages("lib/x.ts", `export const f = () => {${lines(60)}};`),
    ...messages("tests/x_test.ts", `Deno.test("x", () => {${lines(90)}});`),
  ];

  deepEqual(
    found,
    [61, 62, 63, 64].map((count) => `Function has ${count} lines, limit 60`),
  );
});
