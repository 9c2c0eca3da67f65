import { bestLanguage } from "@/lib/i18n/best_language.ts";
import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import type { Agent } from "@/lib/model/agent.ts";
import type { WidgetContent, WidgetType } from "@/lib/model/widget.ts";
import {
  describeAgent,
  describeSession,
} from "@/lib/protocol/visitor/describe.ts";
import type {
  Info,
  PictureMessage,
  SessionInfo,
} from "@/lib/protocol/visitor/session_messages.ts";
import { pictureUrl } from "./picture_url.ts";
import { problemsOf } from "./problems.ts";
import { tidy } from "./tidy.ts";

/** The simulated properties of the visitor. */
export interface Pretended {
  /** The visitor's language. */
  lang: string;
  /** The visitor's system theme, or "auto" for the admin's own. */
  theme: "auto" | "light" | "dark";
  /** Outside the opening hours, agents who have some are back at this time. */
  closedUntil?: number | undefined;
  /** Presence of all agents who are not closed. */
  presence?: "online" | "offline";
  /** True if the visitor waits in the queue of a team, if one has a queue. */
  queue?: boolean;
}

/** A place that shows both the position and the time. */
const PLACE = { position: 3, minutes: 4 };

/** Returns tomorrow at 9:00, when a closed preview opens. */
export function tomorrowMorning(now = new Date()): number {
  const next = new Date(now);
  next.setDate(next.getDate() + 1);
  return next.setHours(9, 0, 0, 0);
}

/** True if some agent of this content has opening hours. */
export function hasHours({ hours, agents }: WidgetContent): boolean {
  return hours !== undefined ||
    agents.some((agent) => agent.hours !== undefined);
}

/** Returns the first team of this content in whose queue a chat can wait. */
export function queueOf({ agents }: WidgetContent): Agent | undefined {
  return agents.find(({ team, inactive, media }) =>
    team?.queueMinutes !== undefined && !inactive && media.includes("chat")
  );
}

/** The messages of a visit, for the `preview` of `<contact-widget>`. */
export interface PreviewMessages {
  session: SessionInfo;
  infos: Info[];
  pictures: PictureMessage[];
  /** The visitor's place in the queue of a team, by the id of its card. */
  queue?: { agent: string; position: number; minutes: number };
}

/**
 * Returns the content to show: `written`, with each invalid member replaced by
 * the one of `last`. So a size of 900 px is not drawn, but a name that changes
 * at the same time is.
 */
export function lastValid(
  last: WidgetContent,
  written: WidgetContent,
): WidgetContent {
  const wrong = Object.keys(problemsOf(tidy(written)))
    .map((path) => path.split("."));
  let content = written;
  for (const [member, inner] of wrong) {
    if (member === "appearance" && inner !== undefined) {
      const appearance = { ...content.appearance };
      const before: unknown = Reflect.get(last.appearance, inner);
      Reflect.set(appearance, inner, before);
      content = { ...content, appearance };
    } else if (member !== undefined) {
      content = { ...content };
      Reflect.set(content, member, Reflect.get(last, member));
    }
  }
  return content;
}

/** Returns a visitor's messages for this content, as if it were saved. */
export function previewMessages(
  { type, content: written }: { type: WidgetType; content: WidgetContent },
  { lang, theme, closedUntil, presence = "online", queue = false }: Pretended,
): PreviewMessages {
  const content = withTheme(tidy(written), theme);
  const { agents, company, hours } = content;
  const closedOf = (agent: Agent) => {
    const isClosed = closedUntil !== undefined && (agent.hours ?? hours);
    return isClosed ? { opensAt: closedUntil } : undefined;
  };
  const known = bestLanguage([lang], Object.keys(WIDGET_LANGUAGES), "en");
  const strings = { ...WIDGET_LANGUAGES[known] };
  const team = queue ? queueOf(content) : undefined;
  return {
    session: describeSession({
      type,
      content,
      lang: known,
      strings,
      resume: "",
    }),
    infos: agents.map((agent, order) =>
      describeAgent(agent, {
        order,
        presence,
        company,
        closed: closedOf(agent),
      })
    ),
    pictures: agents.map(({ address, picture }) => ({
      mt: "Picture",
      id: address,
      url: picture && pictureUrl(picture),
    })),
    ...team && { queue: { agent: team.address, ...PLACE } },
  };
}

/** A widget that follows the visitor's theme follows the simulated one. */
function withTheme(
  content: WidgetContent,
  theme: Pretended["theme"],
): WidgetContent {
  const { appearance } = content;
  const follows = appearance.theme === "auto" || appearance.theme === "page";
  if (theme === "auto" || !follows) return content;
  return { ...content, appearance: { ...appearance, theme } };
}
