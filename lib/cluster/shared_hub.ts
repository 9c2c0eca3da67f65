import { getLogger } from "@logtape/logtape";
import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { UntilDone } from "@/lib/base/until_done.ts";
import type { AuditEntry } from "@/lib/model/audit.ts";
import { SHARED_LIMITS, type Topics, TRY_CHANGES } from "@/lib/model/topics.ts";
import type { Bus } from "./bus.ts";
import { ChangeCounts, type ChangeEvent } from "./change_counts.ts";
import { InstanceId } from "./pipe_frames.ts";
import { SUBJECTS } from "./subjects.ts";

const log = getLogger(["widgets", "cluster"]);

/** Time between two comparisons with the store. */
const COMPARE_MS = 60_000;
/** The same while the bus is away. */
const COMPARE_AWAY_MS = 5_000;
const RETRY = { firstMs: 1_000, maxMs: 10_000 };
/** Changes that are read for a comparison. They are in the order of the clocks of
 * the instances, so a few that are already known have to be read too. */
export const CHANGES_READ = 200;

/** Contacts of one queue in one report. */
const QUEUED_MAX = 500;

const Id = v.pipe(v.string(), v.maxLength(200));
/** An address, or a name with one. */
const TriedKey = v.pipe(v.string(), v.maxLength(500));

/** An event of the hub on its way to the other instances. */
export const SharedEvent = v.intersect([
  v.object({ from: InstanceId }),
  v.variant("topic", [
    v.object({
      topic: v.literal("widget-saved"),
      event: v.object({ uuid: Id }),
    }),
    v.object({
      topic: v.literal("widget-deleted"),
      event: v.object({ uuid: Id }),
    }),
    v.object({
      topic: v.literal("account-changed"),
      event: v.object({ id: Id }),
    }),
    v.object({
      topic: v.literal("blocks-changed"),
      event: v.object({ block: Id }),
    }),
    v.object({
      topic: v.literal("callbacks-changed"),
      event: v.object({ number: Id }),
    }),
    v.object({
      topic: v.literal("signed-out"),
      event: v.object({ account: Id }),
    }),
    v.object({
      topic: v.literal("push-changed"),
      event: v.object({ account: Id }),
    }),
    v.object({
      topic: v.literal("tried"),
      event: v.object({
        limit: v.picklist(SHARED_LIMITS),
        key: TriedKey,
        change: v.picklist(TRY_CHANGES),
      }),
    }),
    v.object({
      topic: v.literal("team-queue"),
      event: v.object({
        team: TriedKey,
        from: Id,
        waiting: v.pipe(
          v.array(v.object({ id: Id, since: v.number() })),
          v.maxLength(QUEUED_MAX),
        ),
      }),
    }),
  ]),
]);
export type SharedEvent = v.InferOutput<typeof SharedEvent>;

const TOPICS = [
  "widget-saved",
  "widget-deleted",
  "account-changed",
  "blocks-changed",
  "callbacks-changed",
  "signed-out",
  "push-changed",
  "tried",
  "team-queue",
] as const;

export interface SharedHubOptions {
  hub: Hub<Topics>;
  bus: Bus;
  /** This instance's id. */
  own: string;
  clock: Clock;
  /** Reads the newest entries of the audit log, newest first. */
  changes(limit: number): Promise<AuditEntry[]>;
  isBusAway(): boolean;
  /** A message was dropped because it was invalid. */
  onBadFrame?(): void;
}

/**
 * Makes the hubs of all instances one: an event of one is an event of all. An event
 * that the bus has lost is found in the audit log, which has every change of a
 * widget or an account, and was written with it (SPEC.md).
 */
export class SharedHub implements Disposable {
  readonly #options: SharedHubOptions;
  readonly #counts = new ChangeCounts();
  readonly #comparing: UntilDone;
  readonly #open = new DisposableStack();
  #isPassing = false;
  #comparedAt: number;

  /** Reads which changes are already known. Rejects if that fails. Whatever reads
   * widgets or accounts and stays up to date by the hub starts after this. */
  static async open(options: SharedHubOptions): Promise<SharedHub> {
    const shared = new SharedHub(options);
    try {
      await shared.#compare();
      return shared;
    } catch (error) {
      shared[Symbol.dispose]();
      throw error;
    }
  }

  private constructor(options: SharedHubOptions) {
    this.#options = options;
    const { hub, bus, clock } = options;
    this.#comparedAt = clock.now();
    this.#comparing = this.#open.use(
      new UntilDone(() => this.#compare(), {
        ...{ clock, backoff: RETRY },
        onError: (error) =>
          log.warn("Cannot read what other instances changed: {error}", {
            error,
          }),
      }),
    );
    for (const topic of TOPICS) this.#share(hub, topic);
    this.#open.use(bus.on(SUBJECTS.hub, (message) => this.#hear(message)));
    this.#open.use(every(clock, COMPARE_AWAY_MS, () => this.#compareInTime()));
  }

  /** Compares with the store now, because events may have been lost. */
  compare(): Promise<void> {
    return this.#comparing.run();
  }

  [Symbol.dispose](): void {
    this.#open.dispose();
  }

  #share<T extends keyof Topics>(hub: Hub<Topics>, topic: T): void {
    const { bus, own } = this.#options;
    this.#open.use(hub.on(topic, (event) => {
      if (this.#isPassing) return;
      const shared = { from: own, topic, event };
      bus.tell(SUBJECTS.hub, shared);
      const read = v.safeParse(SharedEvent, shared);
      if (read.success) this.#count(read.output);
    }));
  }

  #hear(message: unknown): void {
    const read = v.safeParse(SharedEvent, message);
    if (!read.success) return this.#options.onBadFrame?.();
    if (read.output.from === this.#options.own) return;
    this.#count(read.output);
    this.#pass(read.output);
  }

  #count(shared: SharedEvent): void {
    if (isChange(shared)) this.#counts.add(shared);
  }

  /** Passes an event to this instance only. */
  #pass({ topic, event }: ChangeEvent | SharedEvent): void {
    this.#isPassing = true;
    try {
      this.#options.hub.tell(topic, event);
    } finally {
      this.#isPassing = false;
    }
  }

  #compareInTime(): void {
    const isDue = this.#options.clock.now() - this.#comparedAt >= COMPARE_MS;
    if (isDue || this.#options.isBusAway()) this.compare();
  }

  async #compare(): Promise<void> {
    this.#comparedAt = this.#options.clock.now();
    const entries = await this.#options.changes(CHANGES_READ);
    for (const lost of this.#counts.missing(entries)) this.#pass(lost);
  }
}

/** True if the audit log has an entry for the event. */
function isChange<T extends { topic: string }>(
  event: T | ChangeEvent,
): event is ChangeEvent {
  return event.topic !== "signed-out" && event.topic !== "tried" &&
    event.topic !== "team-queue";
}
