import { equal } from "node:assert/strict";
import { fill, plural } from "./fill.ts";

Deno.test("fill() replaces known names and keeps the others", () => {
  const text = fill("{who} wrote {what} to {who}", { who: "Ann" });

  equal(text, "Ann wrote {what} to Ann");
});

Deno.test("fill() inserts values literally, including special characters", () => {
  const text = fill("Delete {name}?", { name: "$& {name} </b>" });

  equal(text, "Delete $& {name} </b>?");
});

Deno.test("plural() selects by language and formats the number", () => {
  const forms = { one: "{count} agent", other: "{count} agents" };

  const texts = [1, 0, 1_200].map((count) => plural(forms, count, "en"));
  const german = plural(forms, 1_200, "de");
  const french = plural(forms, 0, "fr");

  equal(texts.join(), "1 agent,0 agents,1,200 agents");
  equal(german, "1.200 agents");
  equal(french, "0 agent");
});
