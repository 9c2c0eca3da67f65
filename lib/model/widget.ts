import * as v from "valibot";
import { Agent } from "./agent.ts";
import { Appearance, DEFAULT_APPEARANCE } from "./appearance.ts";
import { CallbackSettings, DEFAULT_CALLBACKS } from "./callback.ts";
import { Company, EMPTY_COMPANY } from "./company.ts";
import { ALL_EXCEPTIONS_MAX, OpeningHours } from "./hours.ts";
import { DEFAULT_IDLE_CHATS, IdleChats } from "./idle_chats.ts";
import type { PictureId } from "./picture.ts";
import { ALL_MEMBERS_MAX } from "./team.ts";
import { Email, line, lines, name } from "./text.ts";

/** Maximum number of agents of one widget. */
export const AGENTS_MAX = 100;
/** Maximum length of a widget's name. */
export const WIDGET_NAME_LENGTH_MAX = 80;
/** Maximum number of allowed websites of one widget. */
export const SITES_MAX = 50;

/** Maximum number of query parameters of a page's address that agents can
 * see. */
export const PAGE_PARAMETERS_MAX = 20;

/** `proofOfWork` is a computation that an attacker has to do for each
 * contact. */
export const PROTECTIONS = ["off", "proofOfWork"] as const;

export const WidgetUuid = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
export type WidgetUuid = v.InferOutput<typeof WidgetUuid>;

export const WidgetType = v.picklist(["sidebar", "cardset"]);
export type WidgetType = v.InferOutput<typeof WidgetType>;

/** A language tag of BCP 47, such as `de` or `pt-BR`. */
export const LanguageTag = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, "must be a language tag"),
);

/**
 * A website that may show the widget: an origin (`https://www.example.com`)
 * whose host may start with `*.` for all its subdomains.
 */
export const Site = v.pipe(
  line(200),
  v.toLowerCase(),
  v.regex(
    /^https?:\/\/(\*\.)?[a-z0-9.-]+(:[0-9]{1,5})?$/,
    "must be like https://www.example.com or https://*.example.com",
  ),
);

/** The name of a query parameter, such as `utm_source`. */
export const PageParameter = v.pipe(
  line(64),
  v.regex(/^[\w.~-]+$/, "must be letters, digits and . _ ~ -"),
);

/** Messages that visitors leave while nobody can be reached. */
export const MessageSettings = v.strictObject({
  on: v.boolean(),
  /** Address to which they are sent by e-mail; if empty, that of the agent. */
  email: v.optional(Email, ""),
});
export type MessageSettings = v.InferOutput<typeof MessageSettings>;

/** The content of a widget, which an admin edits and saves as a whole. */
export const WidgetContent = v.strictObject({
  name: name(WIDGET_NAME_LENGTH_MAX),
  lang: LanguageTag,
  /** True if a visitor's browser may choose another language than `lang`. */
  visitorLang: v.boolean(),
  company: Company,
  appearance: Appearance,
  agents: v.pipe(
    v.array(Agent),
    v.maxLength(AGENTS_MAX, `must be at most ${AGENTS_MAX} agents`),
    v.check(
      (agents) => new Set(agents.map((a) => a.address)).size === agents.length,
      "must name each agent once",
    ),
    v.check(
      (agents) => exceptionsOf(agents) <= ALL_EXCEPTIONS_MAX,
      `must have at most ${ALL_EXCEPTIONS_MAX} exceptions of opening hours`,
    ),
    v.check(
      (agents) => membersOf(agents) <= ALL_MEMBERS_MAX,
      `must have at most ${ALL_MEMBERS_MAX} members of teams`,
    ),
  ),
  /** When visitors can reach the agents; absent for always. An agent's own hours
   * replace them. */
  hours: v.exactOptional(OpeningHours),
  /** If empty, every website may show it. */
  sites: v.pipe(
    v.array(Site),
    v.maxLength(SITES_MAX, `must be at most ${SITES_MAX} websites`),
  ),
  /** Shown before the first message or call; if empty, the widget doesn't
   * ask. */
  consent: lines(1_000),
  /** The visitor's name for agents; if empty, the visitor is asked. */
  visitorName: line(64),
  /** True if agents see which page a visitor writes from. */
  sendPage: v.boolean(),
  /** Parameters of the query that agents see with the page's address; the rest
   * of the query is removed. Older stored widgets have none. */
  pageParameters: v.optional(
    v.pipe(
      v.array(PageParameter),
      v.maxLength(
        PAGE_PARAMETERS_MAX,
        `must be at most ${PAGE_PARAMETERS_MAX} parameters`,
      ),
    ),
    () => [],
  ),
  /** The visitor's browser must do this before a call or chat. Older stored
   * widgets have it off. */
  protection: v.optional(v.picklist(PROTECTIONS), "off"),
  /** Older stored widgets have the default. */
  idleChats: v.optional(IdleChats, () => DEFAULT_IDLE_CHATS),
  /** Older stored widgets have them off. */
  messages: v.optional(MessageSettings, () => ({ on: false, email: "" })),
  /** Part of the form for messages. Older stored widgets have them off. */
  callbacks: v.optional(CallbackSettings, () => DEFAULT_CALLBACKS),
});
export type WidgetContent = v.InferOutput<typeof WidgetContent>;

/** A stored widget. Times are milliseconds since 1970. */
export const Widget = v.strictObject({
  uuid: WidgetUuid,
  type: WidgetType,
  createdAt: v.number(),
  updatedAt: v.number(),
  content: WidgetContent,
});
export type Widget = v.InferOutput<typeof Widget>;

/** Returns the content of a new widget: empty, and named in the admin's
 * language. */
export function newContent(name: string, lang: string): WidgetContent {
  return {
    name,
    lang,
    visitorLang: true,
    company: EMPTY_COMPANY,
    appearance: DEFAULT_APPEARANCE,
    agents: [],
    sites: [],
    consent: "",
    visitorName: "",
    sendPage: true,
    pageParameters: [],
    protection: "off",
    idleChats: DEFAULT_IDLE_CHATS,
    messages: { on: true, email: "" },
    callbacks: DEFAULT_CALLBACKS,
  };
}

function exceptionsOf(agents: readonly Agent[]): number {
  return agents.reduce(
    (sum, { hours }) => sum + (hours?.exceptions.length ?? 0),
    0,
  );
}

function membersOf(agents: readonly Agent[]): number {
  return agents.reduce((sum, { team }) => sum + (team?.members.length ?? 0), 0);
}

/** Returns the pictures that a widget shows, each once. */
export function picturesOf({ agents }: WidgetContent): PictureId[] {
  return [...new Set(agents.map((agent) => agent.picture))]
    .filter((picture) => picture !== "");
}
