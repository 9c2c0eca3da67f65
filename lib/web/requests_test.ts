import { deepEqual, equal, rejects } from "node:assert/strict";
import * as v from "valibot";
import { readBytes, readForm, readJson } from "./api_body.ts";
import { preferenceCookies, themeOf } from "./preferences.ts";
import { framedSessionCookie, framedToken } from "./session_cookie.ts";
import { readStatisticsQuery } from "./statistics_query.ts";

/** A request whose body comes in pieces, with or without its length. */
function sent(pieces: number[], headers: HeadersInit = {}) {
  let taken = 0;
  const body = new ReadableStream({
    pull(controller) {
      const length = pieces[taken];
      if (length === undefined) return controller.close();
      taken++;
      controller.enqueue(new Uint8Array(length));
    },
  }, { highWaterMark: 0 });
  const request = new Request("http://x", { method: "POST", body, headers });
  return { request, taken: () => taken };
}

Deno.test("a body that says that it is too long isn't read", async () => {
  const { request, taken } = sent([5, 6], { "content-length": "11" });

  const read = await readBytes(request, 10);

  deepEqual(read, {
    ok: false,
    error: { reason: "too-big", text: "must have at most 10 bytes" },
  });
  equal(taken(), 0);
});

Deno.test("a body that turns out to be too long isn't read to its end", async () => {
  const { request, taken } = sent([5, 6, 7]);

  const read = await readBytes(request, 10);

  equal(read.ok, false);
  equal(taken(), 2);
});

Deno.test("a body of just the allowed length is read", async () => {
  const { request } = sent([4, 6], { "content-length": "10" });

  const read = await readBytes(request, 10);
  const none = await readBytes(new Request("http://x"), 10);

  equal(read.ok && read.value.length, 10);
  equal(none.ok && none.value.length, 0);
});

Deno.test("readForm() rejects a form that is too long, and what is no form", async () => {
  const form = new URLSearchParams({ name: "Ada" });
  const request = (body: BodyInit) =>
    new Request("http://x", { method: "POST", body });

  equal((await readForm(request(form))).get("name"), "Ada");
  await rejects(readForm(request("x")), { status: 400 });
  await rejects(readForm(request("x".repeat(8_193))), { status: 413 });
});

Deno.test("readJson() accepts JSON in UTF-8 of the schema's form only", async () => {
  const read = async (body: BodyInit, type = "application/json") => {
    const headers = { "content-type": type };
    const request = new Request("http://x", { method: "POST", body, headers });
    const result = await readJson(request, v.object({ a: v.number() }), 20);
    return result.ok ? result.value : [result.error.reason, result.error.field];
  };

  deepEqual(await read('{"a":1}'), { a: 1 });
  deepEqual(await read('{"a":1}', "Application/JSON; charset=utf-8"), { a: 1 });
  deepEqual(await read('{"a":1}', "text/plain"), ["invalid", undefined]);
  deepEqual(await read('{"a":1}', "application/jsonp"), ["invalid", undefined]);
  deepEqual(await read('{"a":"1"}'), ["invalid", "a"]);
  deepEqual(await read("{"), ["invalid", undefined]);
  deepEqual(await read(new Uint8Array([0x22, 0xff, 0x22])), [
    "invalid",
    undefined,
  ]);
  deepEqual(await read(" ".repeat(21)), ["too-big", undefined]);
});

const cookie = (value: string) =>
  new Request("https://x", { headers: { cookie: value } });

Deno.test("a browser's theme is the chosen one, or follows the system", () => {
  const themes = ["theme=dark", "theme=pink", "lang=de", ""].map((value) =>
    themeOf(cookie(value))
  );

  deepEqual(themes, ["dark", "auto", "auto", "auto"]);
});

Deno.test("choices are kept in the browser for a year, and unknown ones ignored", () => {
  const form = new FormData();
  form.set("lang", "de");
  form.set("theme", "pink");

  const plain = preferenceCookies(form, { secure: false, isFramed: false });
  const framed = preferenceCookies(form, { secure: true, isFramed: true });

  deepEqual(plain, [
    "lang=de; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax",
  ]);
  deepEqual(framed, [
    "lang=de; Max-Age=31536000; Path=/; HttpOnly; Secure; Partitioned; " +
    "SameSite=None",
  ]);
});

Deno.test("a page in a PBX's frame is signed in only over TLS, and apart from the others", () => {
  const [own = ""] = framedSessionCookie("a.b").split(";");

  equal(framedToken(cookie(own), true), "a.b");
  equal(framedToken(cookie(own), false), undefined);
  equal(framedToken(cookie("__Host-session=a.b"), true), undefined);
});

Deno.test("a query for statistics has each name once, and at most 1,000 characters", () => {
  const read = (query: string) => {
    const result = readStatisticsQuery(new URL(`http://x/?${query}`));
    return result.ok || [result.error.reason, result.error.field];
  };

  equal(read("from=&from="), true);
  deepEqual(read("from=2026-01-01&from=2026-01-02"), ["invalid", "from"]);
  equal(read(`from=${"&from=".repeat(166)}`.slice(0, 999)), true);
  deepEqual(read("a".repeat(1_000)), ["too-big", undefined]);
});
