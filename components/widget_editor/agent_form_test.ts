import { deepEqual, equal } from "node:assert/strict";
import { anAgent } from "@/tests/support/any_widget.ts";
import {
  agentProblems,
  fillFrom,
  NEW_AGENT,
  putAgent,
  withMedium,
} from "./agent_form.ts";
import { squareOf } from "./picture.ts";
import { sectionOf, sectionsWith } from "./sections.ts";
import { tidy } from "./tidy.ts";
import { newContent } from "@/lib/model/widget.ts";

Deno.test("an agent needs an address that the widget doesn't have yet", () => {
  const empty = agentProblems(NEW_AGENT, []);
  const taken = agentProblems({ ...NEW_AGENT, address: " ann " }, ["ann"]);
  const fine = agentProblems({ ...NEW_AGENT, address: "ann" }, ["ben"]);

  deepEqual(empty, { address: "must not be empty" });
  deepEqual(taken, { address: "taken" });
  deepEqual(fine, {});
});

Deno.test("choosing a search result fills only empty fields", () => {
  const found = {
    address: "ann",
    name: "Ann Berg",
    email: "ann@example.com",
    source: "pbx",
  } as const;

  const filled = fillFrom({ ...NEW_AGENT, email: "sales@example.com" }, found);
  const plain = fillFrom(NEW_AGENT, { ...found, name: "ann" });

  equal(filled.address, "ann");
  equal(filled.name, "Ann Berg");
  equal(filled.email, "sales@example.com");
  equal(plain.name, "");
});

Deno.test("[ACC14] a chosen search result brings its picture, unless the agent has one", () => {
  const [own, other] = ["a".repeat(64), "b".repeat(64)];
  const found = {
    address: "ann",
    name: "Ann Berg",
    email: "",
    source: "desk",
    picture: own,
  } as const;

  const filled = fillFrom(NEW_AGENT, found);
  const kept = fillFrom({ ...NEW_AGENT, picture: other }, found);

  deepEqual([filled.picture, kept.picture], [own, other]);
});

Deno.test("media keep their order", () => {
  const quiet = { ...NEW_AGENT, media: [] };

  const chat = withMedium(quiet, "chat", true);
  const both = withMedium(chat, "voice", true);

  deepEqual(both.media, ["voice", "chat"]);
  deepEqual(withMedium(both, "chat", false).media, ["voice"]);
});

Deno.test("an edited agent keeps its position, even with a new address", () => {
  const agents = [anAgent("ann"), anAgent("ben")];

  const edited = putAgent(agents, anAgent("anna"), "ann");
  const added = putAgent(agents, anAgent("cem"));

  deepEqual(edited.map((agent) => agent.address), ["anna", "ben"]);
  deepEqual(added.map((agent) => agent.address), ["ann", "ben", "cem"]);
});

Deno.test("a picture is cropped around its centre, a portrait one further up", () => {
  deepEqual(squareOf(400, 300), { x: 50, y: 0, side: 300 });
  deepEqual(squareOf(300, 500), { x: 0, y: 50, side: 300 });
  deepEqual(squareOf(300, 300), { x: 0, y: 0, side: 300 });
});

Deno.test("each problem belongs to the tab that shows its field", () => {
  equal(sectionOf("appearance.helpTexts.2"), "behaviour");
  equal(sectionOf("appearance.colors.text"), "look");
  equal(sectionOf("agents.0.email"), "agents");
  equal(sectionOf("name"), undefined);
  deepEqual([...sectionsWith({ "sites.0": "x", name: "y" })], ["privacy"]);
});

Deno.test("tidy() leaves out empty lines", () => {
  const content = newContent("Contact", "en");
  const sites = ["https://a.example", " ", " https://b.example "];

  const pageParameters = ["", " utm_source "];
  deepEqual(tidy({ ...content, pageParameters }).pageParameters, [
    "utm_source",
  ]);
  deepEqual(tidy({ ...content, sites }).sites, [
    "https://a.example",
    "https://b.example",
  ]);
});
