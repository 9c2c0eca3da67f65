import { deepEqual, equal, match } from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import type { Clock } from "@/lib/base/clock.ts";
import { initialsOf } from "./avatar.tsx";
import { Select } from "./choice.tsx";
import { LimitProvider } from "./limit.tsx";
import { PresenceDot } from "./presence_dot.tsx";
import { NumberField, TextArea, TextInput } from "./text_input.tsx";
import { ToastList } from "./toasts.ts";

Deno.test("a field's hint and error are announced with its control", () => {
  const html = renderToString(
    <TextInput
      label="Email"
      hint="Shown"
      error="Not an address"
      name="email"
    />,
  );

  const id = /<label[^>]* for="([^"]+)"/.exec(html)?.[1];
  match(html, new RegExp(`<input[^>]* id="${id}"`));
  match(html, new RegExp(`aria-describedby="${id}-hint ${id}-error"`));
  match(html, new RegExp(`<p class="error" id="${id}-error">`));
  match(html, /aria-invalid="true"/);
});

Deno.test("a select and a number field work without JavaScript", () => {
  const options = [{ value: "a", label: "A" }, { value: "b", label: "B" }];
  const select = renderToString(
    <Select label="x" value="b" options={options} onChoose={() => {}} />,
  );
  const number = renderToString(
    <NumberField label="x" value={NaN} onNumber={() => {}} />,
  );

  match(select, /<option [^>]*value="b"[^>]* selected|selected[^>]*value="b"/);
  match(number, /value(="")?[ />]/);
});

Deno.test("a presence dot is an image with a name, or decorative", () => {
  const named = renderToString(<PresenceDot presence="busy" label="Busy" />);
  const ornament = renderToString(<PresenceDot presence="busy" />);

  match(named, /^<svg [^>]*role="img" aria-label="Busy"/);
  equal(named.includes("aria-hidden"), false);
  match(ornament, /^<svg [^>]*aria-hidden="true"/);
  equal(/role=|aria-label/.test(ornament), false);
});

Deno.test("initialsOf() uses the first and the last word in any script", () => {
  const names = ["Ada King Lovelace", "sales", "anna.berg@x", "李 雷", "—", ""];

  const initials = names.map(initialsOf);

  deepEqual(initials, ["AL", "S", "AX", "李雷", "", ""]);
});

Deno.test("a toast disappears automatically, and a fourth one replaces the first", () => {
  const due: (() => void)[] = [];
  const clock: Clock = {
    now: () => 0,
    wall: () => 0,
    after(_, run) {
      due.push(run);
      return { [Symbol.dispose]() {} };
    },
  };
  const list = new ToastList(clock);

  for (const text of ["a", "b", "c", "d"]) list.show({ text, kind: "done" });
  const shown = list.toasts.value.map((toast) => toast.text);
  due[1]?.();

  equal(shown.join(), "b,c,d");
  equal(list.toasts.value.map((toast) => toast.text).join(), "c,d");
});

Deno.test("a field counts near its limit and states the limit above it", () => {
  const texts = [79, 80, 100, 101].map((length) => "x".repeat(length));

  const html = texts.map((value) =>
    renderToString(
      <LimitProvider tooLong="At most {n} characters.">
        <TextInput label="Name" value={value} limit={100} />
      </LimitProvider>,
    )
  );
  const counters = html.map((one) => / \/ 100/.test(one));
  const errors = html.map((one) =>
    /role="alert"[^]*<span>(.*)<\/span>/.exec(one)?.[1]
  );

  deepEqual(counters, [false, true, true, true]);
  deepEqual(errors, [
    undefined,
    undefined,
    undefined,
    "At most 100 characters.",
  ]);
  match(html[3] ?? "", new RegExp(`value="${texts[3]}"`));
  match(html[3] ?? "", /aria-describedby="(\S+)-counter \1-error"/);
});

Deno.test("a field ignores spaces at both ends when counting, as the service does", () => {
  const html = renderToString(
    <LimitProvider tooLong="At most {n}.">
      <TextArea label="Text" value={"  " + "x".repeat(10) + "  "} limit={10} />
    </LimitProvider>,
  );

  match(html, />10 \/ 10</);
  equal(html.includes("At most"), false);
});
