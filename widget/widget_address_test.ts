import { deepEqual, equal } from "node:assert/strict";
import { keyOf, widgetAddressOf } from "./widget_address.ts";

const uuid = "0123456789abcdef0123456789abcdef";
const SCRIPT = "https://contact.example.com/widget.js";

/** An element with these attributes. */
function element(attributes: Record<string, string>) {
  return { getAttribute: (name: string) => attributes[name] ?? null };
}

Deno.test("an element finds its service by the script or by its attributes", () => {
  const urls = [
    {},
    { service: "/cw/widgets/service" },
    { server: "http://localhost:8000/" },
    { service: "wss://other.example.com/s" },
  ].map((more) =>
    widgetAddressOf(element({ uuid, lang: "de", ...more }), SCRIPT)?.url
  );

  deepEqual(urls, [
    "wss://contact.example.com/widgets/service",
    "wss://contact.example.com/cw/widgets/service",
    "ws://localhost:8000/widgets/service",
    "wss://other.example.com/s",
  ]);
});

Deno.test("a UUID is accepted in any usual notation, and anything else is rejected", () => {
  const address = (text: string) =>
    widgetAddressOf(element({ uuid: text }), SCRIPT);

  equal(address(` ${uuid.toUpperCase()} `)?.uuid, uuid);
  for (const text of ["", uuid.slice(1), `${uuid}0`, `g${uuid.slice(1)}`]) {
    equal(address(text), undefined);
  }
  equal(widgetAddressOf(element({ uuid }), "no address"), undefined);
  equal(keyOf(uuid), `contact-widget:${uuid}`);
});

Deno.test("the language is the element's, otherwise the browser's", () => {
  equal(widgetAddressOf(element({ uuid, lang: "fr" }), SCRIPT)?.lang, "fr");
  equal(widgetAddressOf(element({ uuid }), SCRIPT)?.lang, navigator.language);
});
