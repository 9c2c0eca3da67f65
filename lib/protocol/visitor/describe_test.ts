import { deepEqual, equal, notEqual } from "node:assert/strict";
import * as v from "valibot";
import type { Agent } from "@/lib/model/agent.ts";
import { EMPTY_COMPANY } from "@/lib/model/company.ts";
import { newContent, WidgetContent } from "@/lib/model/widget.ts";
import { describeAgent, describeSession } from "./describe.ts";
import { Info, SessionInfo } from "./session_messages.ts";

const agent: Agent = {
  address: "columbia",
  name: "",
  department: "Sales",
  phone: "+49 7031 1",
  email: "",
  picture: "",
  media: ["chat", "voice"],
  inactive: false,
  boolean: "",
  link: { label: "", url: "" },
};

Deno.test("an agent is described as by the original product, without unset members", () => {
  const info = describeAgent(agent, {
    order: 3,
    presence: "online",
    company: { ...EMPTY_COMPANY, name: "Example" },
  });

  deepEqual(v.parse(Info, info), {
    mt: "Info",
    id: "columbia",
    dn: "columbia",
    department: "Sales",
    phonenumber: "+49 7031 1",
    email: "",
    company: { name: "Example" },
    presence: "online",
    media: ["voice", "chat"],
    order: 3,
    picture: "",
  });
});

Deno.test("an agent with an email address offers it, and an inactive one is never available", () => {
  const link = { label: "Book", url: "https://example.com/" };
  const info = describeAgent(
    { ...agent, email: "a@example.com", inactive: true, link },
    { order: 0, presence: "online", company: EMPTY_COMPANY },
  );

  deepEqual(info.media, ["voice", "email", "chat"]);
  deepEqual(info.presence, "offline");
  deepEqual(info.company, {});
  deepEqual(info.link, link);
});

Deno.test("a session has the whole appearance and the fields to ask for", () => {
  const content = { ...newContent("Contact", "de"), consent: "May we?" };

  const session = describeSession({
    type: "cardset",
    content,
    lang: "de",
    strings: { title: "Hallo" },
    resume: "",
  });

  deepEqual(v.parse(SessionInfo, session), session);
  deepEqual(session.options.colors, content.appearance.colors);
  deepEqual(session.options.consent, "May we?");
  const { light, dark } = session.options.palettes ?? {};
  equal(light?.["accent"], content.appearance.colors.accent);
  notEqual(light?.["background"], dark?.["background"]);
});

Deno.test("[V33] a widget stored before proof of work existed asks for none", () => {
  const { protection: _, pageParameters: __, ...before } = newContent(
    "Contact",
    "en",
  );
  const content = v.parse(WidgetContent, before);
  const facts = {
    type: "sidebar",
    lang: "en",
    strings: {},
    resume: "",
  } as const;

  const asks = [content, { ...content, protection: "proofOfWork" as const }]
    .map((content) => describeSession({ ...facts, content }).options.proof);

  deepEqual(content, newContent("Contact", "en"));
  deepEqual(asks, [undefined, true]);
});
