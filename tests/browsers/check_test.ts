import { deepEqual, equal, throws } from "node:assert/strict";
import { newFeatures } from "./check.ts";
import { lackingIn } from "./compat_data.ts";
import { TARGETS } from "@/tools/browser_targets.ts";

/** Names of the new features that one script uses. */
function inScript(code: string): string[] {
  return newFeatures("widget", [{ file: "a.js", type: "script", text: code }])
    .map(({ feature }) => feature);
}

function inStyle(css: string): string[] {
  return newFeatures("widget", [{ file: "a.css", type: "style", text: css }])
    .map(({ feature }) => feature);
}

Deno.test("newFeatures() finds new functions, methods and globals in a script", () => {
  const table: [string, string][] = [
    ["URL.parse(a);", "api.URL.parse_static"],
    ["URL.canParse(a);", "api.URL.canParse_static"],
    [
      "Promise.withResolvers();",
      "javascript.builtins.Promise.withResolvers",
    ],
    ["new DisposableStack();", "javascript.builtins.DisposableStack"],
    ["a.checkVisibility();", "api.Element.checkVisibility"],
    ["a.toSpliced(1);", "javascript.builtins.Array.toSpliced"],
    [
      "function f(e) { typeof e; e.toSpliced(1); }",
      "javascript.builtins.Array.toSpliced",
    ],
    ["const { moveBefore } = a;", "api.Document.moveBefore"],
    ["document.startViewTransition();", "api.Document.startViewTransition"],
    ["f(`a{field-sizing:content}`);", "css.properties.field-sizing"],
  ];
  for (const [code, feature] of table) equal(inScript(code)[0], feature, code);
});

Deno.test("newFeatures() accepts old features, the script's own names and feature checks", () => {
  const table = [
    "[1].at(0); structuredClone(a); new URL(a);",
    "const own = { toSpliced() {} }; own.toSpliced();",
    "const URL = f(); URL.parse(a);",
    "a.checkVisibility?.();",
    "if (a.moveBefore) a.moveBefore(b, c);",
    '"setSinkId" in a && a.setSinkId(b);',
    "typeof Temporal === 'undefined' || Temporal.Now;",
    "Symbol.dispose ||= Symbol.for('a'); b[Symbol.dispose]();",
  ];
  for (const code of table) deepEqual(inScript(code), [], code);
});

Deno.test("newFeatures() throws on syntax after ECMAScript 2022", () => {
  for (const code of ["{ using a = b; }", "/[a--b]/v;", "(?<a>b)|"]) {
    throws(() => inScript(code), /newer syntax/, code);
  }
});

Deno.test("the oldest browsers have the syntax of ECMAScript 2022", () => {
  const syntax = [
    "classes.private_class_fields",
    "classes.public_class_fields",
    "classes.static.initialization_blocks",
    "classes.private_class_fields_in",
    "operators.await.top_level",
    "regular_expressions.lookbehind_assertion",
    "regular_expressions.named_capturing_group",
  ];
  for (const name of syntax) {
    deepEqual(lackingIn(`javascript.${name}`, TARGETS.widget), [], name);
  }
});

Deno.test("newFeatures() finds new properties, values, selectors and rules in CSS", () => {
  const table: [string, string][] = [
    ["a{field-sizing:content}", "css.properties.field-sizing"],
    ["a{text-wrap:balance}", "css.properties.text-wrap"],
    ["a{color:light-dark(red,blue)}", "css.types.color.light-dark"],
    ["a{--b:light-dark(red,blue)}", "css.types.color.light-dark"],
    ["a{color:color-mix(in srgb,red,blue)}", "css.types.color.color-mix"],
    ["a{& b{color:red}}", "css.selectors.nesting"],
    ["a:has(b){color:red}", "css.selectors.has"],
    ["@scope (a){b{color:red}}", "css.at-rules.scope"],
    ["a{block-size:1rcap}", "css.types.length.rcap"],
  ];
  for (const [css, feature] of table) equal(inStyle(css)[0], feature, css);
});

Deno.test("newFeatures() accepts CSS with a fallback", () => {
  const table = [
    "@container (width<9em){a{inline-size:50dvh}}",
    "@supports (field-sizing:content){a{field-sizing:content}}",
    "a{color:red;color:color-mix(in srgb,red,blue)}",
    "a{-webkit-user-select:none;user-select:none}",
  ];
  for (const css of table) deepEqual(inStyle(css), [], css);
});
