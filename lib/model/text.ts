import * as v from "valibot";
import { manyLines, oneLine } from "@/lib/base/plain_text.ts";

// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/;

/** A single-line text, trimmed, of at most `max` UTF-16 units. It may be
 * empty. Hidden characters that people paste without seeing them are removed
 * (ACC15). */
export function line(max: number) {
  return v.pipe(
    v.string("must be a text"),
    v.trim(),
    v.maxLength(max, `must have at most ${max} characters`),
    v.check((text) => !CONTROL.test(text), "must be one line"),
    v.transform(oneLine),
  );
}

/** Like {@linkcode line}, but not empty. */
export function name(max: number) {
  return v.pipe(line(max), v.minLength(1, "must not be empty"));
}

/** A text of several lines, of at most `max` UTF-16 units. It may be empty. */
export function lines(max: number) {
  return v.pipe(
    v.string("must be a text"),
    v.trim(),
    v.maxLength(max, `must have at most ${max} characters`),
    v.transform((text) => manyLines(text).trim()),
  );
}

/** A web address, `https:` or `http:`, or an empty string. */
export const WebAddress = v.pipe(
  line(500),
  v.check(
    (text) => text === "" || /^https?:\/\/[^\s/]/i.test(text),
    "must start with https:// or http://",
  ),
);

/** An email address, as far as a form can check it, or an empty string. */
export const Email = v.pipe(
  line(254),
  v.check(
    (text) => text === "" || /^[^\s@]+@[^\s@]+$/.test(text),
    "must be an email address",
  ),
);

/** A telephone number as people write it, or an empty string. */
export const Phone = v.pipe(
  line(40),
  v.check(
    (text) => text === "" || /^[0-9A-Za-z+*#()/. -]+$/.test(text),
    "must be a telephone number",
  ),
);
