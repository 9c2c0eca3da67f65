import { palettes } from "@/lib/base/palette.ts";
import type { Agent } from "@/lib/model/agent.ts";
import type { Company } from "@/lib/model/company.ts";
import { CARD_MEDIA, type CardMedia } from "@/lib/model/media.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { WidgetContent, WidgetType } from "@/lib/model/widget.ts";
import { PROTOCOL_VERSION } from "./limits.ts";
import type {
  CompanyInfo,
  Info,
  SessionInfo,
  SessionOptions,
} from "./session_messages.ts";

// Describes a widget's content for visitors. The service describes the saved
// state and the live preview the unsaved one, with the same functions, so that
// both look the same.

/** The state of an agent outside opening hours. */
export interface Closed {
  /** Milliseconds since 1970; absent if it is not known. */
  opensAt?: number;
}

export interface SessionFacts {
  type: WidgetType;
  content: WidgetContent;
  /** The language of `strings`. */
  lang: string;
  strings: Record<string, string>;
  /** Version of the consent text, if there is one; see {@linkcode
   * SessionOptions}. */
  consentVersion?: string;
  /** The token of the seat; "" for a page that has none. */
  resume: string;
}

/** The strings of the form for messages. A Session has them only if its widget
 * takes messages. */
const FORM_STRINGS: ReadonlySet<string> = new Set([
  "leaveMessage",
  "leaveName",
  "leaveLead",
  "replyTo",
  "replyMissing",
  "agree",
  "agreeMissing",
  "leftThanks",
  "leftNumber",
  "leaveFailed",
  "leaveAnother",
  "availableNow",
]);

/** Its strings about callbacks. A Session has them only if its widget offers
 * callbacks, too. */
const CALLBACK_STRINGS: ReadonlySet<string> = new Set([
  "callback",
  "callbackNumber",
  "callbackWhen",
  "callbackSoon",
  "callbackThanks",
  "numberWrong",
  "numberRefused",
  "slotTaken",
]);

export function describeSession(facts: SessionFacts): SessionInfo {
  const { type, content, lang, resume, consentVersion } = facts;
  const strings = stringsFor(content, facts.strings);
  return {
    mt: "Session",
    name: content.name,
    lang,
    strings,
    type,
    options: {
      ...describeOptions(content),
      ...(consentVersion === undefined ? {} : { consentVersion }),
    },
    resume,
    v: PROTOCOL_VERSION,
  };
}

function stringsFor(
  { messages, callbacks }: WidgetContent,
  strings: Record<string, string>,
): Record<string, string> {
  if (messages.on && callbacks.on) return strings;
  return Object.fromEntries(
    Object.entries(strings).filter(([key]) =>
      !CALLBACK_STRINGS.has(key) && (messages.on || !FORM_STRINGS.has(key))
    ),
  );
}

export function describeOptions(content: WidgetContent): SessionOptions {
  const { consent, visitorName, sendPage, pageParameters, protection } =
    content;
  return {
    ...content.appearance,
    palettes: palettes(content.appearance.colors),
    consent,
    visitorName,
    sendPage,
    ...(sendPage && pageParameters.length > 0 ? { pageParameters } : {}),
    ...(protection === "off" ? {} : { proof: true }),
  };
}

/**
 * Returns an agent's Info. `order` is the agent's position in the widget, from
 * 0. An inactive agent is offline whatever its presence is, and so is an agent
 * outside opening hours.
 */
export function describeAgent(
  agent: Agent,
  { order, presence, lacks, company, closed }: {
    order: number;
    presence: Presence;
    /** A medium that the card does not offer at the moment. */
    lacks?: "chat" | undefined;
    company: Company;
    /** Set outside opening hours. */
    closed?: Closed | undefined;
  },
): Info {
  const info: Info = {
    mt: "Info",
    id: agent.address,
    dn: agent.name || agent.address,
    department: agent.department,
    phonenumber: agent.phone,
    email: agent.email,
    company: describeCompany(company),
    presence: agent.inactive || closed ? "offline" : presence,
    media: describeMedia(agent).filter((medium) => medium !== lacks),
    order,
    picture: agent.picture,
  };
  if (agent.link.url !== "") info.link = agent.link;
  // An inactive agent does not come back at that time.
  if (closed?.opensAt !== undefined && !agent.inactive) {
    info.opensAt = Math.floor(closed.opensAt / 1_000);
  }
  return info;
}

/** Returns the details that are set, or `{}`. */
export function describeCompany(company: Company): CompanyInfo {
  return Object.fromEntries(
    Object.entries(company).filter(([, text]) => text !== ""),
  );
}

/** Returns the media of the card, in the order of {@linkcode CARD_MEDIA}. */
export function describeMedia(agent: Agent): CardMedia[] {
  const offered: CardMedia[] = agent.email === ""
    ? agent.media
    : [...agent.media, "email"];
  return CARD_MEDIA.filter((medium) => offered.includes(medium));
}
