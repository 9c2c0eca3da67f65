import type { Clock } from "@/lib/base/clock.ts";
import { bestLanguage } from "@/lib/i18n/best_language.ts";
import type { Agent } from "@/lib/model/agent.ts";
import type { Presence, TellPresence } from "@/lib/model/presence.ts";
import type { Widget } from "@/lib/model/widget.ts";
import { encode, encodeSession } from "@/lib/protocol/visitor/codec.ts";
import type { BlockedBy } from "./block_list.ts";
import { cardPresence } from "./card_presence.ts";
import { consentVersion } from "./consent.ts";
import type { Route } from "@/lib/model/route.ts";
import { routeOf } from "@/lib/routing/route_of.ts";
import type { AgentPresence } from "@/lib/routing/team_presence.ts";
import { HoursWatch } from "./hours_watch.ts";
import {
  type Closed,
  describeAgent,
  describeSession,
} from "@/lib/protocol/visitor/describe.ts";

/** The texts of one language of the widget. */
export type Strings = Record<string, string>;

/** A page that shows a widget. */
export interface Viewer {
  /** The token of its seat. */
  readonly token: string;
  /** The language that it requested. */
  readonly lang: string | undefined;
  /** Set if the visitor is blocked, and sees every agent as not available. */
  readonly blockedBy: BlockedBy;
  show(...frames: string[]): void;
  /** The widget was saved; its Session and Infos follow. */
  renew(): void;
  /** The widget was deleted. */
  remove(): void;
}

export interface LiveWidgetOptions {
  watch(address: string, tell: TellPresence): Disposable;
  clock: Clock;
  /** By language tag. */
  strings: Readonly<Record<string, Strings>>;
}

/** Number of requested languages that are cached, because a hostile page can
 * invent some. */
const LANGUAGES_KEPT = 200;

/** An agent's card. */
interface Card {
  agent: Agent;
  order: number;
  presence: Presence;
  lacks: "chat" | undefined;
  closed: Closed | undefined;
  frame: string;
}

/**
 * A widget with at least one visitor. Messages for all its visitors are encoded
 * here once: a change is one frame, regardless of the number of pages.
 */
export class LiveWidget {
  #widget: Widget;
  readonly #options: LiveWidgetOptions;
  readonly #viewers = new Set<Viewer>();
  readonly #watches = new Map<string, Disposable>();
  /** Presences of agents by address. That of a team follows from those of
   * the agents on its route. */
  readonly #presences = new Map<string, AgentPresence>();
  readonly #sessions = new Map<string, (token: string) => string>();
  readonly #languages = new Map<string, string>();
  readonly #hours: HoursWatch;
  #cards = new Map<string, Card>();
  /** The frames of all cards, in their order. */
  #infos: string[] = [];
  /** The same with offline agents, created on first use. */
  #offline: string[] | undefined;

  constructor(widget: Widget, options: LiveWidgetOptions) {
    this.#widget = widget;
    this.#options = options;
    this.#hours = new HoursWatch(
      options.clock,
      () => this.#redraw(() => true),
    );
    this.#deal();
  }

  get widget(): Widget {
    return this.#widget;
  }

  /** Number of pages that show it. */
  get size(): number {
    return this.#viewers.size;
  }

  agent(address: string): Agent | undefined {
    return this.#cards.get(address)?.agent;
  }

  /** Returns the route to the members of a team; undefined for a single
   * agent. */
  routeTo({ address, team }: Agent): Route | undefined {
    const { agents } = this.#widget.content;
    return team && routeOf(team, agents, this.#hours.closesAt(address));
  }

  /** True outside the opening hours of this agent. */
  isClosed(address: string): boolean {
    this.#hours.look();
    return this.#hours.closed(address) !== undefined;
  }

  /** Adds a page, which gets the whole widget first and then every change. */
  join(viewer: Viewer): void {
    this.#viewers.add(viewer);
    this.#showAll(viewer);
  }

  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  /** Returns the language for a page that requested this one. */
  languageFor(requested: string | undefined): string {
    const { lang, visitorLang } = this.#widget.content;
    if (requested === undefined || !visitorLang) return this.#language(lang);
    return this.#language(requested, lang);
  }

  /** Sends the saved widget to all pages. */
  update(widget: Widget): void {
    this.#widget = widget;
    this.#deal();
    for (const viewer of [...this.#viewers]) {
      viewer.renew();
      this.#showAll(viewer);
    }
  }

  /** Stops it, because the widget was deleted or has no more visitors. */
  close(): void {
    for (const viewer of [...this.#viewers]) viewer.remove();
    this.#viewers.clear();
    for (const watch of this.#watches.values()) watch[Symbol.dispose]();
    this.#watches.clear();
    this.#cards.clear();
    this.#hours[Symbol.dispose]();
  }

  #language(...requested: string[]): string {
    const key = requested.join();
    const known = this.#languages.get(key);
    if (known !== undefined) return known;
    const there = Object.keys(this.#options.strings);
    const language = bestLanguage(requested, there, "en");
    if (this.#languages.size < LANGUAGES_KEPT) {
      this.#languages.set(key, language);
    }
    return language;
  }

  #showAll(viewer: Viewer): void {
    const session = this.#session(viewer)(viewer.token);
    viewer.show(session, ...this.#infosFor(viewer));
  }

  /** Sends everything again, because the viewer was blocked or unblocked. */
  renew(viewer: Viewer): void {
    if (this.#viewers.has(viewer)) this.#showAll(viewer);
  }

  #infosFor({ blockedBy }: Viewer): string[] {
    if (blockedBy === undefined) return this.#infos;
    const { company } = this.#widget.content;
    return this.#offline ??= [...this.#cards.values()]
      .map(({ agent, order }) =>
        encode(
          describeAgent(agent, {
            ...{ order, company },
            presence: "offline",
            ...{ lacks: undefined, closed: undefined },
          }),
        )
      );
  }

  /** A blocked visitor gets no form for a message, which would be refused. */
  #session({ lang: requested, blockedBy }: Viewer): (token: string) => string {
    const lang = this.languageFor(requested);
    const isBlocked = blockedBy !== undefined;
    const key = `${lang} ${isBlocked}`;
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const { type, content: saved } = this.#widget;
    const messages = { ...saved.messages, on: false };
    const content = isBlocked ? { ...saved, messages } : saved;
    const strings = this.#options.strings[lang] ?? {};
    const version = consentVersion(content.consent);
    const frame = encodeSession(describeSession({
      ...{ type, content, lang, strings, resume: "" },
      ...(version === undefined ? {} : { consentVersion: version }),
    }));
    this.#sessions.set(key, frame);
    return frame;
  }

  /** Rebuilds all frames, and watches exactly the displayed agents. */
  #deal(): void {
    const { agents } = this.#widget.content;
    const addresses = new Set(agents.flatMap((one) => this.#watched(one)));
    for (const address of addresses) this.#watch(address);
    for (const [address, watch] of [...this.#watches]) {
      if (addresses.has(address)) continue;
      watch[Symbol.dispose]();
      this.#watches.delete(address);
      this.#presences.delete(address);
    }
    this.#sessions.clear();
    this.#hours.follow(this.#widget.content);
    this.#cards = new Map(
      agents.map((agent, order) => [agent.address, this.#card(agent, order)]),
    );
    this.#infos = this.#framesOfCards();
    this.#offline = undefined;
  }

  #framesOfCards(): string[] {
    return [...this.#cards.values()].map(({ frame }) => frame);
  }

  #card(agent: Agent, order: number): Card {
    const { company } = this.#widget.content;
    const presence = this.#presenceOf(agent);
    const lacks = this.#lackOf(agent);
    const closed = this.#hours.closed(agent.address);
    const shown = { presence, lacks, closed };
    const info = describeAgent(agent, { order, company, ...shown });
    return { agent, order, ...shown, frame: encode(info) };
  }

  #watch(address: string): void {
    if (this.#watches.has(address)) return;
    const watch = this.#options.watch(address, (presence, lacks) => {
      this.#presences.set(address, { presence, lacks });
      this.#redraw((agent) => this.#watched(agent).includes(address));
    });
    this.#watches.set(address, watch);
  }

  /** Sends the cards of these agents again, unless they look the same. */
  #redraw(isAffected: (agent: Agent) => boolean): void {
    const frames: string[] = [];
    for (const [id, { agent, order, ...shown }] of this.#cards) {
      if (!isAffected(agent)) continue;
      const isSame = this.#presenceOf(agent) === shown.presence &&
        this.#lackOf(agent) === shown.lacks &&
        this.#hours.closed(agent.address)?.opensAt === shown.closed?.opensAt;
      if (isSame) continue;
      const card = this.#card(agent, order);
      this.#cards.set(id, card);
      frames.push(card.frame);
    }
    if (frames.length === 0) return;
    this.#infos = this.#framesOfCards();
    for (const viewer of this.#viewers) {
      if (viewer.blockedBy === undefined) viewer.show(...frames);
    }
  }

  /** Returns `offline` outside opening hours. */
  #presenceOf(agent: Agent): Presence {
    if (this.#hours.closed(agent.address)) return "offline";
    return this.#stateOf(agent).presence;
  }

  #lackOf(agent: Agent): "chat" | undefined {
    return this.#stateOf(agent).lacks;
  }

  #stateOf(agent: Agent): AgentPresence {
    return cardPresence(agent, {
      route: this.routeTo(agent),
      of: (address) => this.#presences.get(address),
    });
  }

  #watched(agent: Agent): string[] {
    const { address, boolean, inactive } = agent;
    if (inactive) return [];
    const route = this.routeTo(agent);
    const own = route?.steps.flatMap(({ agents }) => agents) ?? [address];
    return boolean === "" ? own : [...own, boolean];
  }
}
