import { equal } from "node:assert/strict";
import { addressedWidget, panelHref } from "./panel_address.ts";

Deno.test("an address inside a widget's panel returns that widget's id, any other address none", () => {
  const uuid = "0123456789abcdef".repeat(2);

  const { hash } = new URL(panelHref(uuid), "http://127.0.0.1");

  equal(addressedWidget(hash), uuid);
  equal(addressedWidget(hash + "0"), undefined);
  equal(addressedWidget("#main"), undefined);
});
