import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import {
  type CallbackEvent,
  RING_MS,
  RINGS_MAX,
  stateOf,
  step,
} from "@/lib/callbacks/callback_step.ts";
import {
  type CallbackCounted,
  countedChange,
} from "@/lib/callbacks/outcome.ts";
import { ringId, ringsFor } from "@/lib/callbacks/rings_for.ts";
import { timesOf } from "@/lib/callbacks/times.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type {
  ActOnCallback,
  CallbackAct,
  DueCallback,
} from "@/lib/protocol/admin/callbacks.ts";
import type { InquiryChange, InquiryStore } from "@/lib/store/inquiry_store.ts";
import { readable, type Stored } from "@/lib/store/stored.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";

/** Maximum number of callbacks that a desk shows. */
const SHOWN_MAX = 20;

interface Deps {
  inquiries: Pick<InquiryStore, "due" | "taken" | "get" | "change">;
  widgets: Pick<WidgetStore, "get" | "overviews">;
  hub: Hub<Topics>;
  clock: Pick<Clock, "wall">;
  /** Counts callbacks, for the statistics. */
  happened?(counted: CallbackCounted): void;
}

type Refused = { reason: "not-found" | "conflict" };

/** The callbacks that are due, for the agents who call. */
export class Callbacks {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Returns the callbacks that ring for an agent, and then those that the agent
   * has taken (DUE7). */
  async dueFor(agent: Account): Promise<DueCallback[]> {
    const { inquiries, clock } = this.#deps;
    const until = clock.wall() + RING_MS;
    const shown: DueCallback[] = [];
    for (const found of [inquiries.due(until), inquiries.taken(until)]) {
      for await (const stored of found) {
        const view = await this.#viewFor(agent, stored);
        if (view !== undefined) shown.push(view);
        if (shown.length === SHOWN_MAX) return shown;
      }
    }
    return shown;
  }

  /** Returns how many callbacks ring for an agent. */
  async countFor(agent: Account): Promise<number> {
    const due = await this.dueFor(agent);
    return due.filter(({ state }) => state === "ringing").length;
  }

  /** Takes a callback, or says how its call ended. */
  async act(
    number: string,
    { revision, act }: ActOnCallback,
    agent: Account,
  ): Promise<Result<undefined, Refused>> {
    const { inquiries, hub } = this.#deps;
    const stored = await inquiries.get(number);
    if (
      stored === undefined || await this.#viewFor(agent, stored) === undefined
    ) {
      return err({ reason: "not-found" });
    }
    const change = await this.#change(stored.value, act, agent);
    if (change === undefined) return err({ reason: "conflict" });
    const done = await inquiries.change(number, revision, change);
    if (!done.ok) return err({ reason: done.error });
    hub.tell("callbacks-changed", { number });
    const counted = act === "done"
      ? undefined
      : countedChange(done.value.value);
    if (counted !== undefined) this.#deps.happened?.(counted);
    return ok(undefined);
  }

  async #change(
    inquiry: Inquiry,
    act: CallbackAct,
    { id, displayName: name }: Account,
  ): Promise<InquiryChange | undefined> {
    const { callback } = inquiry;
    if (callback === undefined) return undefined;
    const now = this.#deps.clock.wall();
    const before = stateOf(callback);
    if (act === "done") {
      return before.state === "taken" ? { state: "done" } : undefined;
    }
    const content = await this.#content(inquiry);
    const { retryAt } = timesOf(inquiry, content, now);
    const event: CallbackEvent = act === "take"
      ? { type: "take" }
      : { type: "missed", retryAt };
    const call = step(before, event, now);
    if (call === before) return undefined;
    const assignee = act === "take" ? { id, name } : null;
    return { callback: { ...callback, call }, assignee };
  }

  async #content({ widget }: Pick<Inquiry, "widget">) {
    const stored = await readable(() => this.#deps.widgets.get(widget));
    return stored?.value.content;
  }

  async #viewFor(
    agent: Account,
    { revision, value: inquiry }: Stored<Inquiry>,
  ): Promise<DueCallback | undefined> {
    const { callback, assignee, number, name, reply, text } = inquiry;
    if (callback === undefined || inquiry.state === "done") return undefined;
    const call = stateOf(callback);
    if (call.state !== "ringing" && call.state !== "taken") return undefined;
    const isOwn = assignee?.id === agent.id;
    if (call.state === "taken" && !isOwn) return undefined;
    const overviews = await this.#deps.widgets.overviews();
    if (!isOwn && !ringsFor(inquiry, agent, overviews)) return undefined;
    const overview = overviews.find(({ uuid }) => uuid === inquiry.widget);
    return {
      ...{ number, revision, state: call.state, name, reply, text },
      id: ringId(number, call.tries),
      widget: overview?.name ?? "",
      ring: call.tries + 1,
      rings: RINGS_MAX,
    };
  }
}
